import type { FindingSummaryV2, ListFindingsV2Request } from '@aws-sdk/client-accessanalyzer'
import { z } from 'zod'
import type { Account } from '../account/account.ts'
import type { SourceStatus, UnusedAccessFinding } from '../evidence/evidence.ts'
import type { ReadOptions } from '../ports/aws.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import { mapBounded } from './bounded.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'
import { findUnusedAccessAnalyzer, type UnusedAccessAnalyzer } from './find-analyzer.ts'
import { parseFinding } from './parse-finding.ts'
import { readPages, tokenPage } from './read-pages.ts'
import { sending } from './sdk-values.ts'
import { sourceMissing, sourceOfFindings } from './source-status.ts'
import { type FindingPage, findingPage } from './usage-schema.ts'

const concurrency = 8
const unusedTypes = ['UnusedPermission', 'UnusedIAMRole']

export type FindingsAnswer = { readonly findings: readonly UnusedAccessFinding[]; readonly source: SourceStatus }

/** Access Analyzer's findings on unused access of the account's roles. Rejects only when it is cancelled. */
export async function readFindings(clients: AwsClients, account: Account, options: ReadOptions = {}): Promise<FindingsAnswer> {
  try {
    const search = await findUnusedAccessAnalyzer(clients, account.partition, options.signal)
    if (search.found === null) return { findings: [], source: sourceMissing('access-analyzer', search.why) }
    const analyzer = search.found
    const findings = await readFindingsOf(clients, analyzer, account, options)
    const source = sourceOfFindings(findings, `${analyzer.name} in ${analyzer.region}`, null)
    if (analyzer.isActive) return { findings, source }
    return { findings, source: { ...source, status: 'partial', why: `${source.why}; the analyzer is not active` } }
  } catch (error) {
    if (error instanceof AwsFailure && error.kind !== 'cancelled')
      return { findings: [], source: sourceMissing('access-analyzer', error.message) }
    throw error
  }
}

async function readFindingsOf(
  clients: AwsClients,
  analyzer: UnusedAccessAnalyzer,
  account: Account,
  options: ReadOptions,
): Promise<UnusedAccessFinding[]> {
  const { signal, onProgress } = options
  const arns = new Set(account.roles.map((role) => role.arn))
  const summaries = (await listFindings(clients, analyzer, account, signal)).filter(
    (summary) =>
      summary.status !== 'RESOLVED' &&
      arns.has(summary.resource ?? '') &&
      (!summary.findingType || unusedTypes.includes(summary.findingType)),
  )
  let done = 0
  const total = summaries.length
  onProgress?.({ what: 'access-analyzer', done, total })
  const findings = await mapBounded(summaries, concurrency, async (summary) => {
    const finding = await readFinding(clients, analyzer, summary, signal)
    done += 1
    onProgress?.({ what: 'access-analyzer', done, total })
    return finding
  })
  return findings.filter((finding) => finding !== null)
}

/** An organization's analyzer has findings on all its accounts: only ours are asked for. */
async function listFindings(
  clients: AwsClients,
  analyzer: UnusedAccessAnalyzer,
  account: Account,
  signal?: AbortSignal,
): Promise<readonly FindingSummaryV2[]> {
  const filter: NonNullable<ListFindingsV2Request['filter']> = {
    findingType: { eq: unusedTypes },
    status: { eq: ['ACTIVE', 'ARCHIVED'] },
    ...(account.accountId === null ? {} : { resourceOwnerAccount: { eq: [account.accountId] } }),
  }
  try {
    return await listWith(clients, { analyzer, filter }, signal)
  } catch (error) {
    // Which keys an analyzer of unused access filters by is not fully documented: without a filter it only takes longer.
    if (error instanceof AwsFailure && error.code === 'Validation') return listWith(clients, { analyzer }, signal)
    throw error
  }
}

type ListQuery = { readonly analyzer: UnusedAccessAnalyzer; readonly filter?: NonNullable<ListFindingsV2Request['filter']> }

async function listWith(
  clients: AwsClients,
  { analyzer, ...query }: ListQuery,
  signal?: AbortSignal,
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

/** The list has no actions: each finding is asked for, with every page. What cannot be read is incomplete, and only that. */
async function readFinding(
  clients: AwsClients,
  analyzer: UnusedAccessAnalyzer,
  summary: FindingSummaryV2,
  signal?: AbortSignal,
): Promise<UnusedAccessFinding | null> {
  const { id = '', resource = '' } = summary
  const pages: FindingPage[] = []
  const context = { roleArn: resource, analyzerArn: analyzer.arn, unusedAccessAge: analyzer.unusedAccessAge, observedUntil: null }
  try {
    const client = await clients.accessAnalyzer(analyzer.region)
    const { GetFindingV2Command } = await import('@aws-sdk/client-accessanalyzer')
    await readPages('GetFindingV2', async (nextToken) => {
      const input = { analyzerArn: analyzer.arn, id, ...(nextToken === null ? {} : { nextToken }) }
      const answer = await callAws('GetFindingV2', 'read', () => client.send(new GetFindingV2Command(input), sending(signal)))
      pages.push(findingPage.parse(answer))
      return { page: null, isTruncated: Boolean(answer.nextToken), marker: answer.nextToken ?? null }
    })
    return parseFinding(pages, { ...context, complete: true })
  } catch (error) {
    if (error instanceof z.ZodError || (error instanceof AwsFailure && error.kind !== 'cancelled')) {
      return parseFinding(pages.length > 0 ? pages : [findingPage.parse(summary)], { ...context, complete: false })
    }
    throw error
  }
}
