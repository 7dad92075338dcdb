import type { FindingSummaryV2, ListFindingsV2Request } from '@aws-sdk/client-accessanalyzer'
import type { Account } from '../account/account.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'
import type { UnusedAccessAnalyzer } from './find-analyzer.ts'
import { readPages, tokenPage } from './read-pages.ts'
import { sending } from './sdk-values.ts'

/** Where findings are read from. */
export type AnalyzerReading = {
  readonly clients: AwsClients
  readonly analyzer: UnusedAccessAnalyzer
  readonly signal: AbortSignal | undefined
}

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
async function listByFilter(reading: AnalyzerReading, { accountId }: Account): Promise<readonly FindingSummaryV2[]> {
  const filter: Filter = {
    findingType: { eq: unusedTypes },
    status: { eq: ['ACTIVE', 'ARCHIVED'] },
    ...(accountId === null ? {} : { resourceOwnerAccount: { eq: [accountId] } }),
  }
  try {
    return await list(reading, { filter })
  } catch (error) {
    // Which keys an analyzer of unused access filters by is not fully documented: without a filter it only takes longer.
    if (error instanceof AwsFailure && error.code === 'Validation') return list(reading, {})
    throw error
  }
}

async function list(
  { clients, analyzer, signal }: AnalyzerReading,
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
