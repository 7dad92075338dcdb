import type { FindingSummaryV2, ListFindingsV2Request } from '@aws-sdk/client-accessanalyzer'
import type { Account } from '../account/account.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import { callAws } from './failure.ts'
import type { UnusedAccessAnalyzer } from './find-analyzer.ts'
import type { FindingPlace } from './read-finding.ts'
import { readPages, tokenPage } from './read-pages.ts'
import { sending } from './sdk-values.ts'

/** Where findings on unused access are read from. */
export type AnalyzerReading = Omit<FindingPlace, 'analyzer'> & { readonly analyzer: UnusedAccessAnalyzer }

type Filter = NonNullable<ListFindingsV2Request['filter']>

const unusedTypes = ['UnusedPermission', 'UnusedIAMRole']

/** The findings on unused access of the account's own roles that are not resolved, from every page. */
export async function listFindings(reading: AnalyzerReading, account: Account): Promise<readonly FindingSummaryV2[]> {
  const arns = new Set(account.roles.map((role) => role.arn))
  const summaries = await listByFilter(reading, account)
  return summaries.filter(
    ({ status, resource, findingType }) =>
      status !== 'RESOLVED' && arns.has(resource ?? '') && (!findingType || unusedTypes.includes(findingType)),
  )
}

/** An organization's analyzer has findings on all its accounts: only ours are asked for. */
function listByFilter(reading: AnalyzerReading, { accountId }: Account): Promise<readonly FindingSummaryV2[]> {
  return listFindingsBy(reading, {
    findingType: { eq: unusedTypes },
    status: { eq: ['ACTIVE', 'ARCHIVED'] },
    ...(accountId === null ? {} : { resourceOwnerAccount: { eq: [accountId] } }),
  })
}

/**
 * Which keys an analyzer filters by is not documented for every type: where the filter is refused, everything is listed, and
 * the caller looks for itself in either case.
 */
export async function listFindingsBy(place: FindingPlace, filter: Filter): Promise<readonly FindingSummaryV2[]> {
  try {
    return await list(place, { filter })
  } catch (error) {
    if (error instanceof AwsFailure && error.code === 'Validation') return list(place, {})
    throw error
  }
}

async function list(
  { clients, analyzer, signal }: FindingPlace,
  query: { readonly filter?: Filter },
): Promise<readonly FindingSummaryV2[]> {
  const client = await clients.accessAnalyzer(analyzer.region)
  const { ListFindingsV2Command } = await import('@aws-sdk/client-accessanalyzer')
  const pages = await readPages('ListFindingsV2', async (nextToken) => {
    const input = { analyzerArn: analyzer.arn, ...query, ...(nextToken === null ? {} : { nextToken }) }
    const page = await callAws('ListFindingsV2', 'read', () => client.send(new ListFindingsV2Command(input), sending(signal)))
    return tokenPage('ListFindingsV2', page.findings, page.nextToken)
  })
  return pages.flat()
}
