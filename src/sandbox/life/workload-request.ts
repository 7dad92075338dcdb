/**
 * What exactly a workload calls: an action on one resource, in circumstances that the policies of its role let pass. It is
 * decided once, from the policies before the first change to the role, and stays the same: whoever tightens the role later
 * meets the workload as it is.
 */
import { isAllowed, type PolicyLayers, requestContext } from '../../policy/evaluate/index.ts'
import { matchesPattern } from '../../policy/match-pattern.ts'
import type { ContextKeys } from '../authorisation/requirement.ts'
import type { CallContext } from '../call-context.ts'
import type { StoredRole } from '../state/role-table.ts'
import { satisfyingKeys, withoutWildcards } from './satisfy-condition.ts'
import { typicalResource } from './typical-resource.ts'
import { workloadKeys } from './workload.ts'

export type WorkloadRequest = { readonly resource: string; readonly keys: ContextKeys }

type Call = { readonly role: StoredRole; readonly action: string; readonly region: string }

const MOST_PATTERNS = 4

/** Null where no request could be found that the policies allow: then nothing can be said of this call later on. */
export function workloadRequest(call: Call, layers: PolicyLayers, context: CallContext): WorkloadRequest | null {
  const { role, action, region } = call
  const typical = typicalResource(action, role.name, region, context)
  const resolve = (text: string): string => text.replace(/\$\{([^},]+)[^}]*\}/g, (_, key: string) => String(base[key] ?? role.name))
  const base: ContextKeys = workloadKeys(role, region, context)
  const allows = layers.identity.flatMap((policy) => policy.statements.filter((one) => one.statement.effect === 'Allow'))
  for (const { statement } of allows) {
    if (!namesAction(statement.actions, action)) continue
    const patterns = statement.resources.kind === 'Resource' ? statement.resources.patterns.slice(0, MOST_PATTERNS) : ['*']
    for (const pattern of patterns) {
      const resource = pattern === '*' ? typical : withoutWildcards(resolve(pattern))
      const request = { resource, keys: satisfyingKeys(statement.condition, resolve) }
      if (passes(request, call, layers, context)) return request
    }
  }
  return null
}

export function passes(
  { resource, keys }: WorkloadRequest,
  { role, action, region }: Call,
  layers: PolicyLayers,
  context: CallContext,
): boolean {
  const entries = Object.entries({ ...workloadKeys(role, region, context), ...keys })
  return isAllowed(layers, { action, resource, context: requestContext(entries) })
}

function namesAction(
  { kind, patterns }: { readonly kind: 'Action' | 'NotAction'; readonly patterns: readonly string[] },
  action: string,
): boolean {
  const named = patterns.some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase()))
  return named === (kind === 'Action')
}
