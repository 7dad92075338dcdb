/**
 * What a change to policies does to the workloads: the calls that a role may no longer make are denied from that moment on,
 * until the role may make them again. Between two changes policies stand still, so nothing else has to be kept to tell every
 * call of every moment.
 *
 *   09:00 PutRolePolicy takes rds:CopyDBSnapshot away   →   a denial opens at 09:00
 *   11:00 PutRolePolicy puts it back                    →   the denial closes at 11:00; a call at 10:00 was denied
 */
import { denialMessage, evaluateRequest, requestContext } from '../../policy/evaluate/index.ts'
import type { CallContext } from '../call-context.ts'
import { roleLayers } from '../callers/principal-policies.ts'
import { usersOfPolicy } from '../state/attachment-table.ts'
import { closeDenial, denialsOf, openDenial } from '../state/denial-table.ts'
import { findRole, roleWithId, type StoredRole } from '../state/role-table.ts'
import { type StoredUsage, setUsageRequest, usageOf } from '../state/usage-table.ts'
import { workloadArn, workloadKeys } from './workload.ts'
import { passes, type WorkloadRequest, workloadRequest } from './workload-request.ts'

/** Ids of the roles whose rights a write to this resource can change: the role, or everybody who has the policy. */
export function rolesUnder(resource: string, { database }: CallContext): readonly string[] {
  const name = resource.slice(resource.lastIndexOf('/') + 1)
  if (resource.includes(':role/')) return [findRole(database, name)?.id ?? []].flat()
  if (!resource.includes(':policy/')) return []
  const users = [...usersOfPolicy(database, resource, 'attached'), ...usersOfPolicy(database, resource, 'boundary')]
  return [...new Set(users.filter(({ kind }) => kind === 'role').map(({ id }) => id))]
}

/** Before the change: what each workload calls, where nobody has asked yet. */
export function settleRequests(roleIds: readonly string[], context: CallContext): void {
  for (const role of rolesOf(roleIds, context)) {
    const open = usageOf(context.database, role.id).filter(({ request }) => request === null)
    if (open.length === 0) continue
    const layers = roleLayers(role, context)
    for (const usage of open) {
      const request = workloadRequest({ role, ...usage }, layers, context)
      setUsageRequest(context.database, role.id, usage.action, JSON.stringify(request))
    }
  }
}

/** After the change: what is denied from now on, and what no longer. */
export function noteDenials(roleIds: readonly string[], context: CallContext): void {
  const { database, now } = context
  for (const role of rolesOf(roleIds, context)) {
    const layers = roleLayers(role, context)
    const open = new Map(denialsOf(database, role.id).flatMap((denial) => (denial.until === null ? [[denial.action, denial]] : [])))
    for (const usage of usageOf(database, role.id)) {
      const message = refusal(role, usage, layers, context)
      const denial = open.get(usage.action)
      if (message !== null && denial?.message !== message) {
        if (denial !== undefined) closeDenial(database, denial, now)
        openDenial(database, { owner: role.id, action: usage.action, since: now, message })
      }
      if (message === null && denial !== undefined) closeDenial(database, denial, now)
    }
  }
}

function refusal(role: StoredRole, usage: StoredUsage, layers: ReturnType<typeof roleLayers>, context: CallContext): string | null {
  const request = readRequest(usage.request)
  const call = { role, action: usage.action, region: usage.region }
  if (request === null || passes(request, call, layers, context)) return null
  const keys = { ...workloadKeys(role, usage.region, context), ...request.keys }
  const asked = {
    principal: workloadArn(role, context),
    action: usage.action,
    resource: request.resource,
    context: requestContext(Object.entries(keys)),
  }
  return denialMessage(asked, evaluateRequest(layers, asked))
}

function readRequest(text: string | null): WorkloadRequest | null {
  const stored: unknown = text === null ? null : JSON.parse(text)
  if (typeof stored !== 'object' || stored === null || !('resource' in stored) || !('keys' in stored)) return null
  const { resource, keys } = stored
  return { resource: String(resource), keys: typeof keys === 'object' && keys !== null ? Object.fromEntries(Object.entries(keys)) : {} }
}

function rolesOf(ids: readonly string[], { database }: CallContext): readonly StoredRole[] {
  return ids.flatMap((id) => roleWithId(database, id) ?? [])
}
