import type { AnalyzerSummary } from '@aws-sdk/client-accessanalyzer'
import type { Account } from '../account/account.ts'
import type { AnalyzerSetting, Observed } from '../evidence/account-observations.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import { type AskRegions, askRegions } from './ask-regions.ts'
import { mapBounded } from './bounded.ts'
import type { AwsClients } from './clients.ts'
import { countText } from './count-text.ts'
import { callAws } from './failure.ts'
import { readPages, tokenPage } from './read-pages.ts'
import { regionsOfPartition } from './regions.ts'
import { sending } from './sdk-values.ts'

/** All analyzers of one Region, of every type, from every page. */
export async function listAnalyzersIn(clients: AwsClients, region: string, signal?: AbortSignal): Promise<readonly AnalyzerSummary[]> {
  const client = await clients.accessAnalyzer(region)
  const { ListAnalyzersCommand } = await import('@aws-sdk/client-accessanalyzer')
  const pages = await readPages('ListAnalyzers', async (nextToken) => {
    const input = nextToken === null ? {} : { nextToken }
    const page = await callAws('ListAnalyzers', 'read', () => client.send(new ListAnalyzersCommand(input), sending(signal)))
    return tokenPage('ListAnalyzers', page.analyzers, page.nextToken)
  })
  return pages.flat()
}

const concurrency = 8

/**
 * The analyzers of all Regions: external access is watched Region by Region. One that cannot be asked makes the list partial;
 * the configured Region goes first, and when it refuses, the others are not asked.
 */
export async function readAnalyzers(
  clients: AwsClients,
  { partition }: Account,
  asking: AskRegions = {},
): Promise<Observed<readonly AnalyzerSetting[]>> {
  const home = await clients.region()
  const others = (await clients.isEmulated()) ? [] : (regionsOfPartition[partition] ?? []).filter((region) => region !== home)
  const read = async (region: string, signal?: AbortSignal): Promise<readonly AnalyzerSetting[]> =>
    (await listAnalyzersIn(clients, region, signal)).flatMap((summary) => settingOf(summary, region) ?? [])
  const atHome = await read(home, asking.signal)
  const { answers, failed, enabled } = await askRegions(others, read, asking)
  const value = [...atHome, ...answers.flat()].toSorted((a, b) => (a.region + a.name < b.region + b.name ? -1 : 1))
  const withAge = await mapBounded(value, concurrency, async (one) =>
    one.watches === 'unused-access' ? { ...one, unusedAccessAge: await readUnusedAccessAge(clients, one, asking.signal) } : one,
  )
  const why = `${countText(value.length, 'analyzer')} in ${1 + enabled - failed.length} of ${countText(1 + enabled, 'region')}`
  if (failed.length === 0) return { status: 'connected', why, observedUntil: null, value: withAge }
  return { status: 'partial', why: `${why}; ${failed[0]?.message ?? ''}`, observedUntil: null, value: withAge }
}

const WATCHES: readonly (readonly [ending: string, watches: AnalyzerSetting['watches']])[] = [
  ['_UNUSED_ACCESS', 'unused-access'],
  ['_INTERNAL_ACCESS', 'internal-access'],
  ['', 'external-access'],
]

function settingOf({ arn, name, type, status }: AnalyzerSummary, region: string): AnalyzerSetting | null {
  const watches = WATCHES.find(([ending]) => type?.endsWith(ending))?.[1]
  if (!arn || !type || watches === undefined) return null
  const isOrganization = type.startsWith('ORGANIZATION')
  return { arn, name: name ?? arn, region, watches, isActive: status === 'ACTIVE', isOrganization, unusedAccessAge: null }
}

/** `ListAnalyzers` leaves the configuration out. Null where it may not be read. */
export async function readUnusedAccessAge(
  clients: AwsClients,
  { name, region }: { readonly name: string; readonly region: string },
  signal?: AbortSignal,
): Promise<number | null> {
  const client = await clients.accessAnalyzer(region)
  const { GetAnalyzerCommand } = await import('@aws-sdk/client-accessanalyzer')
  try {
    const answer = await callAws('GetAnalyzer', 'read', () => client.send(new GetAnalyzerCommand({ analyzerName: name }), sending(signal)))
    return answer.analyzer?.configuration?.unusedAccess?.unusedAccessAge ?? null
  } catch (error) {
    if (error instanceof AwsFailure && error.kind !== 'cancelled') return null
    throw error
  }
}
