import type { CallContext } from '../call-context.ts'
import { daysBefore } from '../observation/role-observation.ts'
import type { UnusedAccess } from '../observation/unused-access.ts'
import type { AnalyzerType, StoredAnalyzer } from '../state/analyzer-table.ts'
import { findingsOf, forgetResolvedBefore, openFinding, type StoredFinding, setFindingStatus } from '../state/finding-table.ts'
import { type LastAnalysis, readLastAnalysis, writeLastAnalysis } from '../state/last-analysis.ts'
import { readMeta } from '../state/meta.ts'
import { type ExternalAccess, externalContents } from './external-access.ts'
import { matchesFilter, readFilter } from './finding-filter.ts'
import { unusedContents } from './unused-contents.ts'
import type { UnusedCredential } from './unused-credentials.ts'

export type FindingContent = UnusedAccess | UnusedCredential | ExternalAccess

export type Finding = StoredFinding & {
  readonly analyzedAt: string
  /** What was found; null once it is resolved. */
  readonly content: FindingContent | null
}

/** What is found now about one resource. `since` is when it can first have been found. */
export type Found = {
  readonly resource: string
  readonly resourceType: string
  readonly since: string
  readonly content: FindingContent
}

/** The newest analysis that each analyzer made, by its ARN. */
export type AnalysisCache = Map<string, Analysis>

type Analysis = LastAnalysis & { readonly findings: ReadonlyMap<string, Finding> }

/** An hour an analysis of an unchanged account serves, for every process that opens it; AWS's own lags by up to a day. */
const SERVES_MS = 3_600_000
/** Resolved findings stay visible for so long. */
const KEPT_DAYS = 90

const contents: Readonly<Record<AnalyzerType, (analyzer: StoredAnalyzer, context: CallContext) => ReadonlyMap<string, Found>>> = {
  ACCOUNT: externalContents,
  ACCOUNT_UNUSED_ACCESS: unusedContents,
}

/**
 * All findings of an analyzer by id. They are computed from policies and usage; only when the last analysis was, and when a
 * finding opened, was archived and closed is stored. What a finding says is computed when somebody reads it. An id is made
 * from the resource and what was found, so a tightened role loses its finding and, where something is left, gets a new one.
 */
export function analysisOf(analyzer: StoredAnalyzer, context: CallContext): ReadonlyMap<string, Finding> {
  const { database, now, analyses } = context
  const generation = readMeta(database, 'generation')
  const serves = (analysis: LastAnalysis | null | undefined): boolean => {
    const age = Date.parse(now) - Date.parse(analysis?.analyzedAt ?? '')
    return analysis?.generation === generation && age >= 0 && age < SERVES_MS
  }
  const known = analyses.get(analyzer.arn)
  if (known !== undefined && serves(known)) return known.findings
  const last = readLastAnalysis(database, analyzer.arn)
  const analysis = last !== null && serves(last) ? last : { generation, analyzedAt: now }
  const current = once(() => contents[analyzer.type](analyzer, { ...context, now: analysis.analyzedAt }))
  if (analysis !== last) {
    recordLives(analyzer, current(), context)
    writeLastAnalysis(database, analyzer.arn, analysis)
  }
  const findings = new Map(findingsOf(database, analyzer.arn).map((stored) => [stored.id, describe(stored, analysis, current)]))
  analyses.set(analyzer.arn, { ...analysis, findings })
  return findings
}

const describe = (stored: StoredFinding, { analyzedAt }: LastAnalysis, current: () => ReadonlyMap<string, Found>): Finding => ({
  ...stored,
  analyzedAt,
  get content() {
    return current().get(stored.id)?.content ?? null
  },
})

function once<T>(compute: () => T): () => T {
  let value: { readonly of: T } | null = null
  return () => {
    value ??= { of: compute() }
    return value.of
  }
}

/** Opens what is new, closes what is gone. What an analyzer finds at its first look is as old as it can be. */
function recordLives(analyzer: StoredAnalyzer, current: ReadonlyMap<string, Found>, context: CallContext): void {
  const { database, now } = context
  const stored = findingsOf(database, analyzer.arn)
  const open = new Set(stored.filter(({ status }) => status !== 'RESOLVED').map(({ id }) => id))
  for (const [id, { resource, resourceType, since, content }] of current) {
    if (open.has(id)) continue
    const opened = stored.length > 0 ? now : ([since, now].sort()[0] ?? now)
    const finding = { id, resource, resourceType, type: content.kind, createdAt: opened, updatedAt: opened }
    openFinding(database, analyzer.arn, { ...finding, status: isArchived(finding, analyzer) ? 'ARCHIVED' : 'ACTIVE' })
  }
  for (const id of open) if (!current.has(id)) setFindingStatus(database, id, 'RESOLVED', now)
  forgetResolvedBefore(database, daysBefore(now, KEPT_DAYS))
}

export function isArchived(finding: Omit<StoredFinding, 'status'>, { archiveRules }: StoredAnalyzer): boolean {
  const summary = { ...finding, findingType: finding.type }
  return archiveRules.some(({ filter }) => matchesFilter(summary, readFilter(filter)))
}
