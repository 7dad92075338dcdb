import type { CallContext } from '../call-context.ts'
import { entityArn } from '../iam/shapes.ts'
import { daysBefore, observe } from '../observation/role-observation.ts'
import { type UnusedAccess, unusedAccess } from '../observation/unused-access.ts'
import type { StoredAnalyzer } from '../state/analyzer-table.ts'
import { uuidFrom } from '../state/ids.ts'
import { readMeta } from '../state/meta.ts'
import { rolesAfter, type StoredRole } from '../state/role-table.ts'

export type Finding = {
  readonly id: string
  readonly resource: string
  readonly resourceType: 'AWS::IAM::Role'
  readonly findingType: UnusedAccess['kind']
  readonly status: 'ACTIVE'
  readonly createdAt: string
  readonly analyzedAt: string
  readonly content: UnusedAccess
}

/** The newest analysis an analyzer made, with the state it was made for: `key` changes with every write and every hour. */
export type AnalysisCache = Map<string, { readonly key: string; readonly findings: ReadonlyMap<string, Finding> }>

/**
 * All findings of an unused-access analyzer, computed from the roles' policies and usage as they are now. An id is made
 * from the role and what is unused, so a tightened role loses its finding and, where something is left, gets a new one.
 */
export function analysisOf(analyzer: StoredAnalyzer, context: CallContext): ReadonlyMap<string, Finding> {
  const analyzedAt = `${context.now.slice(0, 14)}00:00Z`
  const key = `${readMeta(context.database, 'generation')} ${analyzedAt}`
  const known = context.analyses.get(analyzer.arn)
  if (known?.key === key) return known.findings
  const found = analyzer.type === 'ACCOUNT_UNUSED_ACCESS' ? unusedFindings(analyzer, analyzedAt, context) : []
  const findings = new Map(found.map((finding) => [finding.id, finding]))
  context.analyses.set(analyzer.arn, { key, findings })
  return findings
}

function unusedFindings(analyzer: StoredAnalyzer, analyzedAt: string, context: CallContext): readonly Finding[] {
  const unusedSince = daysBefore(context.now, analyzer.unusedAccessAge ?? 90)
  return rolesAfter(context.database, { after: '', limit: -1 }).flatMap((role) => {
    if (role.createDate > unusedSince || role.path.startsWith('/aws-service-role/')) return []
    const content = unusedAccess(observe(role.id, context.now, context), unusedSince)
    return content === null ? [] : [findingOn(role, content, { analyzer, analyzedAt, context })]
  })
}

function findingOn(
  role: StoredRole,
  content: UnusedAccess,
  made: { analyzer: StoredAnalyzer; analyzedAt: string; context: CallContext },
): Finding {
  const { analyzer, analyzedAt, context } = made
  return {
    id: uuidFrom(`${analyzer.arn} ${role.id} ${contentKey(content)}`),
    resource: entityArn(context, 'role', role.path, role.name),
    resourceType: 'AWS::IAM::Role',
    findingType: content.kind,
    status: 'ACTIVE',
    createdAt: analyzer.createdAt,
    analyzedAt,
    content,
  }
}

/** What is unused, without the dates. */
function contentKey(content: UnusedAccess): string {
  if (content.kind === 'UnusedIAMRole') return content.kind
  return content.services.map(({ service, actions }) => `${service}:${actions?.map((action) => action.name).join(',') ?? '*'}`).join(' ')
}
