import type { FindingSummaryV2 } from '@aws-sdk/client-accessanalyzer'
import { z } from 'zod'
import type { Account } from '../account/account.ts'
import type { SourceStatus, UnusedAccessFinding } from '../evidence/evidence.ts'
import type { ReadOptions } from '../ports/aws.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import { mapBounded } from './bounded.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'
import { findUnusedAccessAnalyzer } from './find-analyzer.ts'
import { type AnalyzerReading, listFindings } from './list-findings.ts'
import { parseFinding } from './parse-finding.ts'
import { readPages } from './read-pages.ts'
import { sending } from './sdk-values.ts'
import { sourceMissing, sourceOfFindings } from './source-status.ts'
import { type FindingPage, findingPage } from './usage-schema.ts'

const concurrency = 8

export type FindingsAnswer = { readonly findings: readonly UnusedAccessFinding[]; readonly source: SourceStatus }

/** Access Analyzer's findings on unused access of the account's roles. Rejects only when it is cancelled. */
export async function readFindings(clients: AwsClients, account: Account, options: ReadOptions = {}): Promise<FindingsAnswer> {
  try {
    const search = await findUnusedAccessAnalyzer(clients, account.partition, options.signal)
    if (search.found === null) return { findings: [], source: sourceMissing('access-analyzer', search.why) }
    return await readAll({ clients, analyzer: search.found, signal: options.signal }, account, options)
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind === 'cancelled') throw error
    return { findings: [], source: sourceMissing('access-analyzer', error.message) }
  }
}

async function readAll(reading: AnalyzerReading, account: Account, { onProgress }: ReadOptions): Promise<FindingsAnswer> {
  const { analyzer } = reading
  const summaries = await listFindings(reading, account)
  const troubles: AwsFailure[] = []
  let done = 0
  onProgress?.({ what: 'access-analyzer', done, total: summaries.length })
  const findings = await mapBounded(summaries, concurrency, async (summary) => {
    const pages = await readDetails(reading, summary, troubles)
    done += 1
    onProgress?.({ what: 'access-analyzer', done, total: summaries.length })
    return parseFinding(pages.read.length > 0 ? pages.read : [findingPage.parse(summary)], {
      roleArn: summary.resource ?? '',
      analyzerArn: analyzer.arn,
      unusedAccessAge: analyzer.unusedAccessAge,
      observedUntil: null,
      complete: pages.complete,
    })
  })

  const given = findings.filter((finding) => finding !== null)
  const source = sourceOfFindings(given, `${analyzer.name} in ${analyzer.region}`, null)
  const flaws = [...troubles.slice(0, 1).map((trouble) => trouble.message), ...(analyzer.isActive ? [] : ['the analyzer is not active'])]
  if (flaws.length === 0) return { findings: given, source }
  return { findings: given, source: { ...source, status: 'partial', why: [source.why, ...flaws].join('; ') } }
}

type Details = { readonly read: readonly FindingPage[]; readonly complete: boolean }

/**
 * The list has no actions: each finding is asked for, with every page. What cannot be read is incomplete, and only that; but
 * who was denied one finding is not asked about the others.
 */
async function readDetails(reading: AnalyzerReading, { id = '' }: FindingSummaryV2, troubles: AwsFailure[]): Promise<Details> {
  const { clients, analyzer, signal } = reading
  const read: FindingPage[] = []
  if (troubles.some((trouble) => trouble.kind === 'denied' || trouble.kind === 'credentials')) return { read, complete: false }
  try {
    const client = await clients.accessAnalyzer(analyzer.region)
    const { GetFindingV2Command } = await import('@aws-sdk/client-accessanalyzer')
    await readPages('GetFindingV2', async (nextToken) => {
      const input = { analyzerArn: analyzer.arn, id, ...(nextToken === null ? {} : { nextToken }) }
      const answer = await callAws('GetFindingV2', 'read', () => client.send(new GetFindingV2Command(input), sending(signal)))
      read.push(findingPage.parse(answer))
      return { page: null, isTruncated: Boolean(answer.nextToken), marker: answer.nextToken ?? null }
    })
    return { read, complete: true }
  } catch (error) {
    if (error instanceof z.ZodError) return { read, complete: false }
    if (!(error instanceof AwsFailure) || error.kind === 'cancelled') throw error
    troubles.push(error)
    return { read, complete: false }
  }
}
