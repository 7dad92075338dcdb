import type { Account } from '../account/account.ts'
import { type AnalyzerSetting, type ExternalAccess, notObserved, type Observed } from '../evidence/account-observations.ts'
import type { ReadOptions } from '../ports/aws.ts'
import type { AwsFailure } from '../ports/aws-failure.ts'
import { mapBounded } from './bounded.ts'
import { countText } from './count-text.ts'
import { listFindingsBy } from './list-findings.ts'
import { distinctAccess, parseExternalAccess } from './parse-external-access.ts'
import { type FindingPlace, readFindingDetails } from './read-finding.ts'
import { findingPage } from './usage-schema.ts'

const concurrency = 8
/** Details cost a call each; the findings beyond this many are listed without them. */
const MOST_DETAILS = 400

/** What outsiders reach, by the external access analyzers of all Regions. */
export async function readExternalAccess(
  place: Pick<FindingPlace, 'clients' | 'signal'>,
  account: Account,
  analyzers: Observed<readonly AnalyzerSetting[]>,
  { onProgress }: ReadOptions,
): Promise<Observed<readonly ExternalAccess[]>> {
  const watching = analyzers.value.filter(({ watches, isActive }) => watches === 'external-access' && isActive)
  if (watching.length === 0)
    return notObserved(analyzers.status === 'missing' ? analyzers.why : 'no analyzer of external access is active', [])
  const troubles: AwsFailure[] = []
  const filter = {
    status: { eq: ['ACTIVE'] },
    ...(account.accountId === null ? {} : { resourceOwnerAccount: { eq: [account.accountId] } }),
  }
  const listed = await mapBounded(watching, concurrency, async (analyzer) => {
    const summaries = await listFindingsBy({ ...place, analyzer }, filter)
    return summaries.filter(({ status }) => status === 'ACTIVE').map((summary) => ({ analyzer, summary }))
  })
  const all = listed.flat()
  let done = 0
  const found = await mapBounded(all, concurrency, async ({ analyzer, summary }) => {
    const asked = done < MOST_DETAILS
    done += 1
    onProgress?.({ what: 'external access', done, total: all.length })
    const details = asked ? await readFindingDetails({ ...place, analyzer }, summary.id ?? '', troubles) : { read: [], complete: false }
    return parseExternalAccess(details.read.length > 0 ? details.read : [findingPage.parse(summary)], details.complete)
  })
  const value = distinctAccess(found.filter((one) => one !== null))
  const regions = new Set(watching.map(({ region }) => region)).size
  const why = `${countText(value.length, 'finding')} of ${countText(watching.length, 'analyzer')} in ${countText(regions, 'region')}`
  const flaw =
    troubles[0]?.message ??
    (analyzers.status === 'partial' ? analyzers.why : all.length > MOST_DETAILS ? 'details of the first only' : null)
  const status = flaw === null ? 'connected' : 'partial'
  return {
    status,
    why: flaw === null ? why : `${why}; ${flaw}`,
    observedUntil: newest(all.map(({ summary }) => summary.analyzedAt?.toISOString() ?? null)),
    value,
  }
}

const newest = (dates: readonly (string | null)[]): string | null =>
  dates.reduce<string | null>((latest, date) => ((date ?? '') > (latest ?? '') ? date : latest), null)
