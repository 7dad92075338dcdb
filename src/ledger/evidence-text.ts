/**
 * Kept evidence as one text. Reports of an account name the same services and actions over and over, nearly all of them never
 * used: each list of actions is written once, and a report says which list and where the dates are.
 *
 *   lists: [["s3", ["s3:GetBucketAcl", "s3:PutBucketAcl"]]]
 *   never used: 0      used on the 3rd, by its second action: [0, "…-03", 1, "…-03"]
 *
 * Read back, what was never used is the same object in every report, which costs neither time nor memory. The text is this
 * program's own and comes with a checksum, so its shape is not checked again.
 */
import type { ActionUse, ServiceUse } from '../evidence/evidence.ts'
import type { Iso } from '../policy/names.ts'
import type { KeptEvidence } from '../ports/ledger.ts'

/** Raise it when the shape of what is kept changes: an older text then counts as absent. */
const VERSION = 2

type ActionList = readonly [service: string, actions: readonly string[] | null]
/** The list alone where nothing was ever used. Dates come in pairs: the place in the list, and when. */
type PackedService = number | readonly [list: number, lastAccessed: Iso | null, ...dates: (number | Iso)[]]
type Packed<Holder extends { readonly services: readonly ServiceUse[] }> = Omit<Holder, 'services'> & {
  readonly services: readonly PackedService[]
}
type Finding = KeptEvidence['findings'][number]
type Kept = KeptEvidence['reports'][number]
type EvidenceText = Omit<KeptEvidence, 'reports' | 'findings'> & {
  readonly version: number
  readonly lists: readonly ActionList[]
  readonly reports: readonly (Omit<Kept, 'report'> & { readonly report: Packed<Kept['report']> })[]
  readonly findings: readonly Packed<Finding>[]
}

export function packEvidence({ reports, findings, ...rest }: KeptEvidence): string {
  const lists: ActionList[] = []
  const places = new Map<string, number>()
  const placeOf = ({ service, actions }: ServiceUse): number => {
    const names = actions?.map(({ action }) => action) ?? null
    const key = `${service} ${names?.join() ?? '-'}`
    const known = places.get(key) ?? lists.length
    if (known === lists.length) lists.push([service, names])
    places.set(key, known)
    return known
  }
  const pack = (use: ServiceUse): PackedService => {
    const dates = (use.actions ?? []).flatMap(({ lastAccessed }, at) => (lastAccessed === null ? [] : [at, lastAccessed]))
    return use.lastAccessed === null && dates.length === 0 ? placeOf(use) : [placeOf(use), use.lastAccessed, ...dates]
  }
  const packed = <Holder extends { readonly services: readonly ServiceUse[] }>(holder: Holder): Packed<Holder> => ({
    ...holder,
    services: holder.services.map(pack),
  })
  const text: EvidenceText = {
    ...rest,
    version: VERSION,
    reports: reports.map((kept) => ({ ...kept, report: packed(kept.report) })),
    findings: findings.map(packed),
    lists,
  }
  return JSON.stringify(text)
}

/** Null where the text is of another version of this program. */
export function unpackEvidence(text: string): KeptEvidence | null {
  // The caller has compared the checksum: this is what `packEvidence` wrote.
  const { version, lists, reports, findings, ...rest } = JSON.parse(text) as EvidenceText
  if (version !== VERSION) return null
  const unused = lists.map(
    ([service, names]): ServiceUse => ({
      service,
      lastAccessed: null,
      actions: names?.map((action): ActionUse => ({ action, lastAccessed: null })) ?? null,
    }),
  )
  const unpack = (packed: PackedService): ServiceUse => {
    if (typeof packed === 'number') return listed(unused, packed)
    const [list, lastAccessed, ...dates] = packed
    const { service, actions } = listed(unused, list)
    return { service, lastAccessed, actions: dates.length === 0 ? actions : withDates(actions ?? [], dates) }
  }
  return {
    ...rest,
    reports: reports.map(({ report, ...kept }) => ({ ...kept, report: { ...report, services: report.services.map(unpack) } })),
    findings: findings.map((finding) => ({ ...finding, services: finding.services.map(unpack) })),
  }
}

function listed(services: readonly ServiceUse[], at: number): ServiceUse {
  const service = services[at]
  if (service === undefined) throw new Error(`evidence names list ${at} of ${services.length}`)
  return service
}

function withDates(actions: readonly ActionUse[], dates: readonly (number | Iso)[]): readonly ActionUse[] {
  const dated = [...actions]
  for (let at = 0; at < dates.length; at += 2) {
    const use = actions[Number(dates[at])]
    if (use !== undefined) dated[Number(dates[at])] = { action: use.action, lastAccessed: String(dates[at + 1]) }
  }
  return dated
}
