import { z } from 'zod'
import type { Account } from '../account/account.ts'
import type { CalledActions } from '../evidence/called-actions.ts'
import type { Evidence, LastAccessedReport, ObservedCall, SourceStatus, UnusedAccessFinding } from '../evidence/evidence.ts'
import type { GrantHistory } from '../evidence/grant-history.ts'
import type { Arn, Iso } from '../policy/names.ts'
import { countText } from './count-text.ts'
import { joinEvidence } from './join-evidence.ts'
import { cloudTrailEvent, parseObservedCalls } from './parse-cloudtrail.ts'
import { parseFinding } from './parse-finding.ts'
import { parseGrantEdits } from './parse-grant-edits.ts'
import { createServiceReader, parseLastAccessed } from './parse-last-accessed.ts'
import { createUseReader, later, type ReadActionUse } from './service-uses.ts'
import { sourceMissing, sourceOfFindings, sourceOfReports } from './source-status.ts'
import { analyzerAnswer, findingPage, instant, lastAccessedPage } from './usage-schema.ts'

const onePageOrMore = z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(lastAccessedPage))

/** `--usage-file`: saved answers of AWS under our names, each of them optional. */
export const usageFile = z.object({
  accessAnalyzerFindings: z.array(findingPage).nullish(),
  analyzers: z.array(analyzerAnswer).nullish(),
  serviceLastAccessed: z.record(z.string(), onePageOrMore).nullish(),
  cloudTrailEvents: z.array(cloudTrailEvent).nullish(),
  /** Speaks of users only, so it is no evidence on roles: the report reads it. */
  credentialReport: z.unknown().optional(),
  observedUntil: instant,
})
export type UsageFile = z.infer<typeof usageFile>

export function parseUsage(usage: UsageFile, account: Account, calledActions: CalledActions): Evidence {
  const resolve = roleResolver(account)
  const readUse = createUseReader()
  const findings = parseFindings(usage, resolve, readUse)
  const reports = parseReports(usage, resolve, readUse)
  const calls = parseCalls(usage, resolve, calledActions)
  return joinEvidence({
    reports,
    findings,
    calls,
    history: historyOf(usage),
    sources: [findingsSource(usage, findings), reportsSource(usage, reports), callsSource(usage, calls), datesSource(usage)],
  })
}

/** The role of the account that an ARN or, where a file holds no ARN, a name means. */
type ResolveRole = (resource: string) => Arn | null

function roleResolver(account: Account): ResolveRole {
  const arns = new Set(account.roles.map((role) => role.arn))
  const byName = new Map(account.roles.map((role) => [role.roleName, role.arn]))
  return (resource) => (arns.has(resource) ? resource : resource.startsWith('arn:') ? null : (byName.get(resource) ?? null))
}

function parseFindings(usage: UsageFile, resolve: ResolveRole, readUse: ReadActionUse): readonly UnusedAccessFinding[] {
  const { analyzerArn, unusedAccessAge } = analyzerOf(usage)
  // A finding that was saved page by page comes under one id; one without an id stands alone.
  const byId = Map.groupBy(usage.accessAnalyzerFindings ?? [], (page) => page.id || page)
  return [...byId.values()].flatMap((pages) => {
    const roleArn = resolve(pages[0]?.resource ?? '')
    if (roleArn === null) return []
    return parseFinding(pages, { roleArn, analyzerArn, unusedAccessAge, observedUntil: usage.observedUntil, complete: true, readUse }) ?? []
  })
}

/**
 * A saved finding does not name its analyzer. With several of them the shortest age counts: it claims least. An analyzer
 * without a known age makes the age unknown.
 */
export function analyzerOf(usage: UsageFile): { readonly analyzerArn: Arn | null; readonly unusedAccessAge: number | null } {
  const analyzers = (usage.analyzers ?? [])
    .map((answer) => answer.analyzer ?? answer)
    .filter((one) => !one.type || one.type.endsWith('_UNUSED_ACCESS'))
  const ages = analyzers.map((one) => one.configuration?.unusedAccess?.unusedAccessAge ?? null)
  return {
    analyzerArn: analyzers.length === 1 ? (analyzers[0]?.arn ?? null) : null,
    unusedAccessAge: ages.reduce((least, age) => (least === null || age === null ? null : Math.min(least, age)), ages[0] ?? null),
  }
}

function parseReports(usage: UsageFile, resolve: ResolveRole, readUse: ReadActionUse): readonly LastAccessedReport[] {
  const readService = createServiceReader(readUse)
  return Object.entries(usage.serviceLastAccessed ?? {}).flatMap(([key, pages]) => {
    const roleArn = resolve(key)
    return roleArn === null ? [] : parseLastAccessed(roleArn, pages, { observedUntil: usage.observedUntil, readService })
  })
}

function parseCalls(usage: UsageFile, resolve: ResolveRole, calledActions: CalledActions): ReadonlyMap<Arn, readonly ObservedCall[]> {
  const calls = parseObservedCalls(usage.cloudTrailEvents ?? [], calledActions)
  return new Map([...calls].filter(([arn]) => resolve(arn) === arn))
}

/** Saved events are a sample: what they name is dated, what they do not name is not. */
function historyOf({ cloudTrailEvents }: UsageFile): GrantHistory {
  return { wholeSince: null, edits: parseGrantEdits(cloudTrailEvents ?? []) }
}

function datesSource(usage: UsageFile): SourceStatus {
  if (!usage.cloudTrailEvents) return sourceMissing('grant-dates', 'the usage file has no cloudTrailEvents')
  const { edits } = historyOf(usage)
  if (edits.length === 0) return sourceMissing('grant-dates', 'no saved event edits the policies of a role')
  const why = `${countText(edits.length, 'saved edit')} of roles' policies`
  return { id: 'grant-dates', status: 'partial', why, observedUntil: usage.observedUntil ?? edits[0]?.at ?? null }
}

function findingsSource(usage: UsageFile, findings: readonly UnusedAccessFinding[]): SourceStatus {
  const given = usage.accessAnalyzerFindings
  if (!given) return sourceMissing('access-analyzer', 'the usage file has no accessAnalyzerFindings')
  if (given.length > 0 && findings.length === 0)
    return sourceMissing('access-analyzer', 'no finding of the usage file is about a role of this account')
  return sourceOfFindings(findings, 'usage file', usage.observedUntil)
}

function reportsSource(usage: UsageFile, reports: readonly LastAccessedReport[]): SourceStatus {
  const given = usage.serviceLastAccessed
  if (!given) return sourceMissing('last-accessed', 'the usage file has no serviceLastAccessed')
  if (reports.length === 0) return sourceMissing('last-accessed', 'the usage file has no report on a role of this account')
  return sourceOfReports(reports)
}

function callsSource(usage: UsageFile, calls: ReadonlyMap<Arn, readonly ObservedCall[]>): SourceStatus {
  const events = usage.cloudTrailEvents
  if (!events) return sourceMissing('cloudtrail', 'the usage file has no cloudTrailEvents')
  const newest = [...calls.values()].flat().reduce<Iso | null>((latest, call) => later(latest, call.at), null)
  // Saved events are a sample: they show use, never that there was none.
  return {
    id: 'cloudtrail',
    status: 'partial',
    why: `${events.length} saved events show calls of ${calls.size} roles`,
    observedUntil: usage.observedUntil ?? newest,
  }
}
