/**
 * Evidence that the ledger keeps from one run to the next. A last-accessed report is taken again while it is young and the
 * role's policies are what they were when it was made: a report lists what the role was granted then. A finding is taken
 * again for as long as its source says that nothing was updated, event history for an hour, and then only what is new in it
 * is asked for. What was read anew replaces what was kept.
 */
import type { Account } from '../account/account.ts'
import { createGrantFingerprint } from '../account/grant-fingerprint.ts'
import type { Evidence, EvidenceSourceId } from '../evidence/evidence.ts'
import type { Arn, Iso } from '../policy/names.ts'
import type { EvidenceReadOptions, KnownEvidence } from '../ports/aws.ts'
import type { KeptEvidence, KeptObservations, KeptReport, KeptTrail } from '../ports/ledger.ts'
import type { AppContext } from './context.ts'
import type { ScanView } from './views.ts'

/** Headless runs follow each other: what one read an hour ago is good for the next. */
export const EVIDENCE_GOOD_MS = 3_600_000

export type ReadingEvidence = Pick<AppContext, 'accountKey' | 'clock' | 'evidence' | 'ledger' | 'mode'>

/**
 * Reads the evidence, taking from the ledger what is still good. `goodMs` 0 reads everything anew that may have changed; `first`
 * names the role that somebody looks at.
 */
export async function readEvidence(
  context: ReadingEvidence,
  account: Account,
  { goodMs, first = null, ...options }: EvidenceReadOptions & { readonly goodMs: number; readonly first?: string | null | undefined },
): Promise<Evidence> {
  const { accountKey, clock, evidence, ledger, mode } = context
  // A usage file is as fast as the ledger.
  if (mode === 'offline') return evidence.readEvidence(account, options)
  const kept = ledger.keptEvidence(accountKey)
  const fingerprint = createGrantFingerprint(account)
  const now = clock.now().getTime()
  const good = goodReports(kept, account, fingerprint, { now, goodMs })
  const trailIsGood = kept.trail !== null && isGood(kept.trail.readAt, { now, goodMs })
  const known: KnownEvidence = {
    reports: new Map([...good].map(([arn, { report }]) => [arn, report])),
    findings: new Map(kept.findings.map((finding) => [finding.id, finding])),
    trail: kept.trail === null ? null : { ...kept.trail, calls: new Map(kept.trail.calls), isGood: trailIsGood },
  }
  const roles = good.size === account.roles.length ? account.roles : inOrderOfNeed(context, account.roles, first)
  const said = await evidence.readEvidence({ ...account, roles }, { ...options, known })
  const readAt = clock.now().toISOString()
  const next: KeptEvidence = {
    reports: account.roles.flatMap((role): KeptReport[] => {
      const report = said.byRole.get(role.arn)?.lastAccessed
      if (report?.complete !== true) return []
      return [good.get(role.arn) ?? { roleId: role.roleId, fingerprint: fingerprint(role), readAt, report }]
    }),
    findings: [...said.byRole.values()].flatMap((one) => one.findings.filter(({ complete }) => complete)),
    trail: trailIsGood ? kept.trail : keptTrail(said, readAt),
  }
  if (!isSame(kept, next)) ledger.keepEvidence(accountKey, next)
  const withUses = joinUses(said, account, ledger.keptObservations(accountKey).calls)
  const ages: Age[] = [
    ...(good.size === 0 ? [] : [{ id: 'last-accessed' as const, what: `${good.size} of them`, oldest: oldestOf([...good.values()]) }]),
    ...(trailIsGood ? TOLD_BY_TRAIL.map((id) => ({ id, what: 'all of it', oldest: kept.trail?.readAt ?? readAt })) : []),
  ]
  return { ...withUses, sources: said.sources.map((source) => withAge(source, ages, now)) }
}

/**
 * What a counted query of CloudTrail saw last of each action is use too: of data events no other source tells. The query is
 * billed, so that only a report asks for it, and what it said is taken up here.
 */
function joinUses(said: Evidence, { roles }: Account, counted: KeptObservations['calls']): Evidence {
  const uses = new Map((counted?.calls.value ?? []).map((one) => [one.roleArn, one.uses]))
  if (uses.size === 0) return said
  const byRole = new Map(said.byRole)
  for (const { arn } of roles) {
    const more = uses.get(arn) ?? []
    const before = byRole.get(arn) ?? { lastAccessed: null, findings: [], calls: [] }
    if (more.length > 0) byRole.set(arn, { ...before, calls: [...before.calls, ...more] })
  }
  return { ...said, byRole }
}

/** Reports take long in a large account: the role on the screen comes first, then those that the last scan found worst. */
function inOrderOfNeed({ ledger, accountKey }: ReadingEvidence, roles: Account['roles'], first: string | null): Account['roles'] {
  // The payload is this program's own; its rows are in the order of risk.
  const last = ledger.lastScan(accountKey)?.payload as Partial<ScanView> | null | undefined
  const places = new Map((last?.roles ?? []).map(({ arn }, place) => [arn, place]))
  const placeOf = ({ arn, roleName }: Account['roles'][number]): number => (roleName === first ? -1 : (places.get(arn) ?? places.size))
  return roles.toSorted((a, b) => placeOf(a) - placeOf(b))
}

const TOLD_BY_TRAIL = ['cloudtrail', 'grant-dates'] as const satisfies readonly EvidenceSourceId[]

/** Null where event history could not be read: it is asked for again next time. */
function keptTrail({ byRole, history, sources }: Evidence, readAt: Iso): KeptTrail | null {
  const told = sources.filter(({ id }) => TOLD_BY_TRAIL.some((one) => one === id))
  if (told.length === 0 || told.some(({ status }) => status === 'missing')) return null
  return { readAt, calls: [...byRole].flatMap(([arn, { calls }]) => (calls.length === 0 ? [] : [[arn, calls]])), history, sources: told }
}

/** What was taken again is the very same object. */
const isSame = (a: KeptEvidence, b: KeptEvidence): boolean =>
  a.trail === b.trail && isSameList(a.reports, b.reports) && isSameList(a.findings, b.findings)

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean => {
  const before = new Set(a)
  return a.length === b.length && b.every((one) => before.has(one))
}

type Freshness = { readonly now: number; readonly goodMs: number }

/** A clock that went back says nothing about age. */
function isGood(readAt: Iso, { now, goodMs }: Freshness): boolean {
  const age = now - Date.parse(readAt)
  return age >= 0 && age < goodMs
}

function goodReports(
  { reports }: KeptEvidence,
  { roles }: Account,
  fingerprint: ReturnType<typeof createGrantFingerprint>,
  freshness: Freshness,
): ReadonlyMap<Arn, KeptReport> {
  const byRole = new Map(reports.map((one) => [one.roleId, one]))
  return new Map(
    roles.flatMap((role): [Arn, KeptReport][] => {
      const kept = byRole.get(role.roleId)
      if (kept === undefined || kept.report.roleArn !== role.arn || kept.fingerprint !== fingerprint(role)) return []
      return isGood(kept.readAt, freshness) ? [[role.arn, kept]] : []
    }),
  )
}

/** How much of a source was not read just now. */
type Age = { readonly id: EvidenceSourceId; readonly what: string; readonly oldest: Iso }

const oldestOf = (reports: readonly KeptReport[]): Iso => reports.map(({ readAt }) => readAt).toSorted()[0] ?? ''

function withAge(source: Evidence['sources'][number], ages: readonly Age[], now: number): Evidence['sources'][number] {
  const age = ages.find(({ id }) => id === source.id)
  if (age === undefined) return source
  const minutes = Math.floor((now - Date.parse(age.oldest)) / 60_000)
  return { ...source, why: `${source.why}; ${age.what} read up to ${minutes} min ago` }
}
