import { z } from 'zod'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'
import { readPages } from './read-pages.ts'
import { sending } from './sdk-values.ts'
import { type FindingPage, findingPage } from './usage-schema.ts'

export type FindingPlace = {
  readonly clients: AwsClients
  readonly analyzer: { readonly arn: string; readonly region: string }
  readonly signal: AbortSignal | undefined
}

export type FindingDetails = { readonly read: readonly FindingPage[]; readonly complete: boolean }

/**
 * The list has no details: each finding is asked for, with every page. What cannot be read is incomplete, and only that; but
 * who was denied one finding is not asked about the others. What went wrong is added to `troubles`.
 */
export async function readFindingDetails(
  { clients, analyzer, signal }: FindingPlace,
  id: string,
  troubles: AwsFailure[],
): Promise<FindingDetails> {
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
