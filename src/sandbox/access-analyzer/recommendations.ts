import { matchesPattern } from '../../policy/match-pattern.ts'
import { actionKey } from '../../policy/names.ts'
import type { CallContext } from '../call-context.ts'
import { type NamedPolicy, policiesOfOwner } from '../callers/principal-policies.ts'
import { listOf, readJsonObject, readStatements } from '../iam/malformed-policy.ts'
import type { UnusedAccess } from '../observation/unused-access.ts'
import { invalid, page, requiredText } from '../protocol/json-params.ts'
import type { RestOperation } from '../protocol/rest-json.ts'
import { findAsyncJob, pollAsyncJob, putAsyncJob } from '../state/async-job-table.ts'
import { findStoredPolicy } from '../state/policy-table.ts'
import { findRole } from '../state/role-table.ts'
import { notFound } from './analyzers.ts'
import { findingAsked } from './findings.ts'

const KIND = 'recommendation'

/** What to do about an unused permission: asked for once, ready at the second look. */
export const recommendationOperations: readonly RestOperation[] = [
  {
    name: 'GenerateFindingRecommendation',
    method: 'POST',
    path: '/recommendation/{id}',
    effect: 'job',
    run(params, context) {
      const { id, content } = findingAsked(params, context)
      if (content?.kind !== 'UnusedPermission') throw invalid('Recommendations are made for active findings of unused permissions only')
      putAsyncJob(context.database, { id, kind: KIND, createdAt: context.now, polls: 0, content: {} })
      return {}
    },
  },
  {
    name: 'GetFindingRecommendation',
    method: 'GET',
    path: '/recommendation/{id}',
    effect: 'job',
    run(params, context) {
      const finding = findingAsked(params, context)
      const job = findAsyncJob(context.database, KIND, requiredText(params, 'id'))
      if (job === null) throw notFound(finding.id)
      const head = { startedAt: job.createdAt, resourceArn: finding.resource, recommendationType: 'UnusedPermissionRecommendation' }
      if (pollAsyncJob(context.database, job) === 'running') return { ...head, status: 'IN_PROGRESS' }
      const { content } = finding
      if (content?.kind !== 'UnusedPermission')
        return {
          ...head,
          completedAt: context.now,
          status: 'FAILED',
          error: { code: 'RESOURCE_NOT_FOUND', message: 'The finding is resolved.' },
        }
      const { shown, next } = page(stepsFor(finding.resource, content, context), params, `GetFindingRecommendation ${finding.id}`, 100)
      return { ...head, completedAt: context.now, status: 'SUCCEEDED', recommendedSteps: shown, ...next }
    },
  },
]

type Unused = Extract<UnusedAccess, { kind: 'UnusedPermission' }>

function stepsFor(roleArn: string, unused: Unused, context: CallContext): readonly unknown[] {
  const role = findRole(context.database, roleArn.slice(roleArn.lastIndexOf('/') + 1))
  if (role === null) return []
  return policiesOfOwner({ ...role, kind: 'role' }, context).flatMap((policy) => {
    const left = withoutUnused(policy.text, unused, context.grants().universe.services())
    if (left === policy.text) return []
    return [{ unusedPermissionsRecommendedStep: stepFor(policy, left, context) }]
  })
}

function stepFor({ source }: NamedPolicy, left: string | null, { database, awsManaged, now }: CallContext) {
  const policyUpdatedAt = awsManaged.byArn.get(source.id)?.updateDate ?? findStoredPolicy(database, source.id)?.updateDate ?? now
  const about = { existingPolicyId: source.arn ?? source.name, policyUpdatedAt }
  return left === null
    ? { ...about, recommendedAction: 'DETACH_POLICY' }
    : { ...about, recommendedAction: 'CREATE_POLICY', recommendedPolicy: left }
}

/**
 * The policy without the patterns of which everything is unused; null when nothing is left. The text itself when nothing goes.
 * A lone star stands for every service, so it becomes a list of those that are not wholly unused.
 */
function withoutUnused(text: string, { services }: Unused, everyService: Iterable<string>): string | null {
  const document = readJsonObject(text)
  const statements = readStatements(document)
  const isUnused = (pattern: string): boolean => {
    const [service = '', name = ''] = actionKey(pattern).split(':')
    const found = services.find((one) => one.service === service)
    if (found === undefined) return false
    return found.actions === null || found.actions.some((action) => matchesPattern(name, action.name.toLowerCase()) && !/[*?]/.test(name))
  }
  const kept = statements.flatMap((statement) => {
    if (statement.Effect !== 'Allow') return [statement]
    const actions = listOf(statement.Action)
      .map(String)
      .flatMap((action) => (action === '*' ? starOf(everyService) : [action]))
    const left = actions.filter((action) => !isUnused(action))
    if (left.length === actions.length) return [statement]
    return left.length === 0 ? [] : [{ ...statement, Action: left }]
  })
  if (kept.length === statements.length && kept.every((statement, place) => statement === statements[place])) return text
  return kept.length === 0 ? null : JSON.stringify({ ...document, Statement: kept })
}

const starOf = (services: Iterable<string>): readonly string[] => [...services].map((service) => `${service}:*`)
