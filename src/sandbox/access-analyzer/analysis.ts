import type { CallContext } from '../call-context.ts'
import { entityArn } from '../iam/shapes.ts'
import { daysBefore, observe } from '../observation/role-observation.ts'
import { type UnusedAccess, unusedAccess } from '../observation/unused-access.ts'
import type { StoredAnalyzer } from '../state/analyzer-table.ts'
import { findingsOf, forgetResolvedBefore, openFinding, resolveFinding, type StoredFinding } from '../state/finding-table.ts'
import { uuidFrom } from '../state/ids.ts'
import { readMeta } from '../state/meta.ts'
import { rolesAfter, type StoredRole } from '../state/role-table.ts'

export type Finding = StoredFinding & {
  readonly analyzedAt: string
  /** What is unused; null once it is resolved. */
  readonly content: UnusedAccess | null
}

/** The newest analysis that each analyzer made, by its ARN. */
export type AnalysisCache = Map<string, Analysis>

/** `generation` counts the writes to the account: another number means other policies. */
type Analysis = { readonly generation: string | null; readonly analyzedAt: string; readonly findings: ReadonlyMap<string, Finding> }

/** So long an analysis of an unchanged account serves: reading N findings one by one must not analyse N times. */
const SERVES_MS = 60_000
/** Resolved findings stay visible for so long. */
const KEPT_DAYS = 90

/**
 * All findings of an analyzer by id. They are computed from the roles' policies and usage as they are now; only when a
 * finding opened and closed is stored. An id is made from the role and what is unused, so a tightened role loses its
 * finding and, where something is left, gets a new one.
 */
export function analysisOf(analyzer: StoredAnalyzer, context: CallContext): ReadonlyMap<string, Finding> {
  const generation = readMeta(context.database, 'generation')
  const known = context.analyses.get(analyzer.arn)
  if (known !== undefined && known.generation === generation && serves(known, context.now)) return known.findings
  const current = analyzer.type === 'ACCOUNT_UNUSED_ACCESS' ? unusedContents(analyzer, context) : new Map<string, Unused>()
  recordLives(analyzer, current, context)
  const findings = new Map(
    findingsOf(context.database, analyzer.arn).map((stored) => [
      stored.id,
      { ...stored, analyzedAt: context.now, content: current.get(stored.id)?.content ?? null },
    ]),
  )
  context.analyses.set(analyzer.arn, { generation, analyzedAt: context.now, findings })
  return findings
}

function serves({ analyzedAt }: Analysis, now: string): boolean {
  const age = Date.parse(now) - Date.parse(analyzedAt)
  return age >= 0 && age < SERVES_MS
}

type Unused = { readonly role: StoredRole; readonly content: UnusedAccess }

/** What is unused now, by the id of its finding. Young roles and those of AWS's own services are left out. */
function unusedContents(analyzer: StoredAnalyzer, context: CallContext): ReadonlyMap<string, Unused> {
  const unusedSince = daysBefore(context.now, analyzer.unusedAccessAge ?? 90)
  const found = new Map<string, Unused>()
  for (const role of rolesAfter(context.database, { after: '', limit: -1 })) {
    if (role.createDate > unusedSince || role.path.startsWith('/aws-service-role/')) continue
    const content = unusedAccess(observe(role.id, context.now, context), unusedSince)
    if (content !== null) found.set(uuidFrom(`${analyzer.arn} ${role.id} ${contentKey(content)}`), { role, content })
  }
  return found
}

/** What is unused, without the dates. */
function contentKey(content: UnusedAccess): string {
  if (content.kind === 'UnusedIAMRole') return content.kind
  return content.services.map(({ service, actions }) => `${service}:${actions?.map((action) => action.name).join(',') ?? '*'}`).join(' ')
}

/** Opens what is new, closes what is gone. What an analyzer finds at its first look is as old as it can be. */
function recordLives(analyzer: StoredAnalyzer, current: ReadonlyMap<string, Unused>, context: CallContext): void {
  const { database, now } = context
  const stored = findingsOf(database, analyzer.arn)
  const active = new Set(stored.filter(({ status }) => status === 'ACTIVE').map(({ id }) => id))
  for (const [id, { role, content }] of current) {
    if (active.has(id)) continue
    const opened = stored.length > 0 ? now : firstPossible(role, analyzer, now)
    const resource = entityArn(context, 'role', role.path, role.name)
    openFinding(database, analyzer.arn, { id, resource, type: content.kind, createdAt: opened, updatedAt: opened })
  }
  for (const id of active) if (!current.has(id)) resolveFinding(database, id, now)
  forgetResolvedBefore(database, daysBefore(now, KEPT_DAYS))
}

function firstPossible(role: StoredRole, analyzer: StoredAnalyzer, now: string): string {
  const since = Math.max(Date.parse(role.createDate), Date.parse(analyzer.createdAt))
  const opened = daysBefore(new Date(since).toISOString(), -(analyzer.unusedAccessAge ?? 90))
  return [opened, now].sort()[0] ?? now
}
