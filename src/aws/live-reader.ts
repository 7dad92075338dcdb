import type { GetRoleResponse, Role as SdkRole } from '@aws-sdk/client-iam'
import type { AttachedPolicy, InlinePolicy } from '../account/account.ts'
import { decodeDocument } from '../account/parse-document.ts'
import type { RoleState } from '../account/role-state.ts'
import type { Arn } from '../policy/names.ts'
import type { LiveReader } from '../ports/aws.ts'
import { mapBounded } from './bounded.ts'
import { readCaller } from './caller.ts'
import type { AwsClients } from './clients.ts'
import { callAwsOrNull } from './failure.ts'
import { readManagedPolicy } from './managed-policy-reader.ts'
import { readQuotas } from './quotas.ts'
import { iamPage, present, readPages } from './read-pages.ts'
import { readRights } from './rights-reader.ts'
import { byCodeUnits, sending, toTags } from './sdk-values.ts'

const concurrency = 4

export function createLiveReader(clients: AwsClients): LiveReader {
  const readRoleId = async (roleName: string): Promise<string | null> => (await readRole(clients, roleName))?.RoleId ?? null
  return {
    caller: () => readCaller(clients, readRoleId),
    roleState: (roleName, signal) => readRoleState(clients, roleName, signal),
    roleId: readRoleId,
    trustPolicy: async (roleName) => trustOf(await readRole(clients, roleName)),
    inlinePolicy: (roleName, policyName) => readInlinePolicy(clients, roleName, policyName),
    attachedPolicies: (roleName) => readAttachedPolicies(clients, roleName),
    managedPolicy: (arn) => readManagedPolicy(clients, arn),
    quotas: () => readQuotas(clients),
    rights: async (rights) => {
      const { arn, roleName } = await readCaller(clients, readRoleId)
      const principal = roleName === null ? arn : (await readRole(clients, roleName))?.Arn
      return principal === undefined ? null : readRights(clients, principal, rights)
    },
  }
}

const trustOf = (role: SdkRole | null): string | null => (role === null ? null : decodeDocument(role.AssumeRolePolicyDocument ?? ''))

async function readRole(clients: AwsClients, RoleName: string, signal?: AbortSignal): Promise<SdkRole | null> {
  const client = await clients.iam()
  const { GetRoleCommand } = await import('@aws-sdk/client-iam')
  const answer: GetRoleResponse | null = await callAwsOrNull('GetRole', () =>
    client.send(new GetRoleCommand({ RoleName }), sending(signal)),
  )
  return answer === null ? null : present('GetRole', answer.Role)
}

/** Lists are in the order of their names, so that two readings of one state are equal. */
async function readRoleState(clients: AwsClients, roleName: string, signal?: AbortSignal): Promise<RoleState | null> {
  const role = await readRole(clients, roleName, signal)
  if (role === null) return null
  const [inlineNames, attached] = await Promise.all([
    readInlineNames(clients, roleName, signal),
    readAttachedPolicies(clients, roleName, signal),
  ])
  if (inlineNames === null || attached === null) return null
  const inline = await mapBounded(inlineNames, concurrency, (name) => readInlinePolicy(clients, roleName, name, signal))
  const managed = await mapBounded(attached, concurrency, (policy) => readManagedPolicy(clients, policy.arn, signal))
  return {
    roleName: role.RoleName ?? roleName,
    arn: role.Arn ?? '',
    roleId: role.RoleId ?? '',
    path: role.Path ?? '/',
    description: role.Description ?? null,
    trust: decodeDocument(role.AssumeRolePolicyDocument ?? ''),
    boundary: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    tags: toTags(role.Tags),
    inline: inline.filter((policy) => policy !== null),
    attached,
    managed: managed.filter((policy) => policy !== null),
  }
}

async function readInlinePolicy(
  clients: AwsClients,
  RoleName: string,
  PolicyName: string,
  signal?: AbortSignal,
): Promise<InlinePolicy | null> {
  const client = await clients.iam()
  const { GetRolePolicyCommand } = await import('@aws-sdk/client-iam')
  const answer = await callAwsOrNull('GetRolePolicy', () =>
    client.send(new GetRolePolicyCommand({ RoleName, PolicyName }), sending(signal)),
  )
  return answer === null
    ? null
    : { name: answer.PolicyName ?? PolicyName, text: decodeDocument(present('GetRolePolicy', answer.PolicyDocument)) }
}

async function readInlineNames(clients: AwsClients, RoleName: string, signal?: AbortSignal): Promise<readonly string[] | null> {
  const client = await clients.iam()
  const { ListRolePoliciesCommand } = await import('@aws-sdk/client-iam')
  const pages = await callAwsOrNull('ListRolePolicies', () =>
    readPages('ListRolePolicies', async (Marker) => {
      const answer = await client.send(new ListRolePoliciesCommand({ RoleName, ...(Marker === null ? {} : { Marker }) }), sending(signal))
      return iamPage('ListRolePolicies', answer.PolicyNames, answer)
    }),
  )
  return pages?.flat().toSorted(byCodeUnits) ?? null
}

async function readAttachedPolicies(
  clients: AwsClients,
  RoleName: string,
  signal?: AbortSignal,
): Promise<readonly AttachedPolicy[] | null> {
  const client = await clients.iam()
  const { ListAttachedRolePoliciesCommand } = await import('@aws-sdk/client-iam')
  const pages = await callAwsOrNull('ListAttachedRolePolicies', () =>
    readPages('ListAttachedRolePolicies', async (Marker) => {
      const answer = await client.send(
        new ListAttachedRolePoliciesCommand({ RoleName, ...(Marker === null ? {} : { Marker }) }),
        sending(signal),
      )
      return iamPage('ListAttachedRolePolicies', answer.AttachedPolicies, answer)
    }),
  )
  const policies = pages
    ?.flat()
    .flatMap(({ PolicyName, PolicyArn }) => (PolicyArn ? { name: PolicyName ?? nameOf(PolicyArn), arn: PolicyArn } : []))
  return policies?.toSorted((a, b) => byCodeUnits(a.arn, b.arn)) ?? null
}

const nameOf = (arn: Arn): string => arn.split('/').at(-1) ?? arn
