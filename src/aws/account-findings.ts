import type { FindingSummaryV2, ListFindingsV2Request } from '@aws-sdk/client-accessanalyzer'
import type { AnalyzerSetting, Observed } from '../evidence/account-observations.ts'
import type { Iso } from '../policy/names.ts'
import type { ReadOptions } from '../ports/aws.ts'
import type { AwsFailure } from '../ports/aws-failure.ts'
import { mapBounded } from './bounded.ts'
import { countText } from './count-text.ts'
import { listFindingsBy } from './list-findings.ts'
import { type FindingPlace, readFindingDetails } from './read-finding.ts'
import { later } from './service-uses.ts'
import { type FindingPage, findingPage } from './usage-schema.ts'

const concurrency = 8
/** Details cost a call each; the findings beyond this many are listed without them. */
const MOST_DETAILS = 400

type Finding = { readonly id: string; readonly updatedAt: Iso | null; readonly complete: boolean }

export type FindingQuestion<Found extends Finding> = {
  readonly analyzers: readonly AnalyzerSetting[]
  readonly filter: NonNullable<ListFindingsV2Request['filter']>
  isMeant(summary: FindingSummaryV2, analyzer: AnalyzerSetting): boolean
  /** Findings that an earlier run read, by id: not asked for again while nothing was updated. */
  readonly known: ReadonlyMap<string, Found>
  parse(pages: readonly FindingPage[], isComplete: boolean, analyzer: AnalyzerSetting): Found | null
  readonly what: string
}

/** Findings of some analyzers on what is no role, each with its details. One that cannot be read is told without them. */
export async function readAccountFindings<Found extends Finding>(
  place: Pick<FindingPlace, 'clients' | 'signal'>,
  { analyzers, filter, isMeant, known, parse, what }: FindingQuestion<Found>,
  { onProgress }: ReadOptions,
): Promise<Observed<readonly Found[]>> {
  const troubles: AwsFailure[] = []
  const listed = await mapBounded(analyzers, concurrency, async (analyzer) => {
    const summaries = await listFindingsBy({ ...place, analyzer }, filter)
    return summaries
      .filter((summary) => summary.status === 'ACTIVE' && isMeant(summary, analyzer))
      .map((summary) => ({ analyzer, summary: findingPage.parse(summary) }))
  })
  const all = listed.flat()
  let done = 0
  let asked = 0
  const found = await mapBounded(all, concurrency, async ({ analyzer, summary }) => {
    done += 1
    onProgress?.({ what, done, total: all.length })
    const before = known.get(summary.id ?? '')
    if (before?.complete === true && before.updatedAt !== null && before.updatedAt === summary.updatedAt && !summary.error) return before
    asked += 1
    const details = asked <= MOST_DETAILS ? await readFindingDetails({ ...place, analyzer }, summary.id ?? '', troubles) : unasked
    return parse(details.read.length > 0 ? details.read : [summary], details.complete, analyzer)
  })
  const value = found.filter((one) => one !== null)
  const regions = new Set(analyzers.map(({ region }) => region)).size
  const why = `${countText(value.length, 'finding')} of ${countText(analyzers.length, 'analyzer')} in ${countText(regions, 'region')}`
  const flaw = troubles[0]?.message ?? (asked > MOST_DETAILS ? 'details of the first only' : null)
  return {
    status: flaw === null ? 'connected' : 'partial',
    why: flaw === null ? why : `${why}; ${flaw}`,
    observedUntil: all.reduce<Iso | null>((newest, { summary }) => later(newest, summary.analyzedAt), null),
    value,
  }
}

const unasked = { read: [], complete: false } as const
