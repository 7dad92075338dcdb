import type { RoleState } from '../account/role-state.ts'
import { inverseOperations } from '../plan/inverse-operations.ts'
import type { Operation } from '../plan/operation.ts'
import type { Caller, Right } from '../ports/aws.ts'

/** What a change needs to be allowed to do: each operation and each inverse, on the role or the policy that it touches. */
export function rightsFor({ arn }: Pick<RoleState, 'arn'>, operations: readonly Operation[]): readonly Right[] {
  const { restore, tidy } = inverseOperations(operations)
  const rights = [...operations, ...restore, ...tidy].map((operation): Right => {
    const onRole = operation.kind.endsWith('RolePolicy')
    return { action: `iam:${operation.kind}`, resource: onRole || !('policyArn' in operation) ? arn : operation.policyArn }
  })
  return [...new Map(rights.map((right) => [`${right.action} ${right.resource}`, right])).values()]
}

/** The actions of docs/iam: what reading needs, and what changing needs besides. */
export const READING: readonly string[] = [
  'iam:GetAccountAuthorizationDetails',
  'iam:GetAccountSummary',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
  'iam:GetRole',
  'iam:GetRolePolicy',
  'iam:ListAttachedRolePolicies',
  'iam:ListPolicyTags',
  'iam:ListPolicyVersions',
  'iam:ListRolePolicies',
  'iam:SimulatePrincipalPolicy',
  'access-analyzer:GenerateFindingRecommendation',
  'access-analyzer:GetAnalyzer',
  'access-analyzer:GetFinding',
  'access-analyzer:GetFindingRecommendation',
  'access-analyzer:GetGeneratedPolicy',
  'access-analyzer:ListAnalyzers',
  'access-analyzer:ListFindings',
  'access-analyzer:ListPolicyGenerations',
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetEventDataStore',
  'cloudtrail:GetEventSelectors',
  'cloudtrail:GetInsightSelectors',
  'cloudtrail:GetQueryResults',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:ListEventDataStores',
  'cloudtrail:LookupEvents',
  'cloudtrail:StartQuery',
  'iam:GenerateCredentialReport',
  'iam:GenerateServiceLastAccessedDetails',
  'iam:GetCredentialReport',
  'iam:GetServiceLastAccessedDetails',
  'logs:DescribeLogGroups',
  'logs:GetQueryResults',
  'logs:StartQuery',
]

export const CHANGING: readonly string[] = [
  'iam:AttachRolePolicy',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
  'iam:CreatePolicy',
  'iam:CreatePolicyVersion',
  'iam:DeletePolicy',
  'iam:DeletePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:TagPolicy',
]

/** CHANGING on an ordinary role and an ordinary policy: docs/iam names kinds of resources, which "*" is not one of. */
export function changingRights({ partition, accountId }: Pick<Caller, 'partition' | 'accountId'>): readonly Right[] {
  return CHANGING.map((action) => {
    const kind = action.endsWith('RolePolicy') ? 'role' : 'policy'
    return { action, resource: `arn:${partition}:iam::${accountId}:${kind}/any-${kind}` }
  })
}
