import type { AnalyzerSummary } from '@aws-sdk/client-accessanalyzer'
import { NO_ANALYZER } from '../evidence/evidence.ts'
import type { Arn } from '../policy/names.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import { type AskRegions, askRegions } from './ask-regions.ts'
import type { AwsClients } from './clients.ts'
import { countText } from './count-text.ts'
import { listAnalyzersIn, readUnusedAccessAge } from './list-analyzers.ts'
import { regionsOfPartition } from './regions.ts'

export type UnusedAccessAnalyzer = {
  readonly arn: Arn
  readonly name: string
  readonly region: string
  readonly isActive: boolean
  readonly isOrganization: boolean
  /** Days; null where the configuration may not be read. */
  readonly unusedAccessAge: number | null
}

/** Why there is none is a line for people. */
export type AnalyzerSearch = { readonly found: UnusedAccessAnalyzer } | { readonly found: null; readonly why: string }

/**
 * Looks in the configured Region, then in us-east-1 (where Security Hub makes its own), then in the others at once. A configured
 * Region that refuses may be the only one that does: it may not be enabled, or an organization may close it. One that does not
 * answer ends the search: the others would not either, only later.
 */
export async function findUnusedAccessAnalyzer(clients: AwsClients, partition: string, asking: AskRegions = {}): Promise<AnalyzerSearch> {
  const home = await clients.region()
  const [second, ...rest] = (await clients.isEmulated()) ? [] : (regionsOfPartition[partition] ?? []).filter((region) => region !== home)
  const troubles: AwsFailure[] = []
  const first = await findInRegion(clients, home, asking.signal).catch((error: unknown) => {
    if (!(error instanceof AwsFailure) || second === undefined || !saysNoMore(error)) throw error
    troubles.push(error)
    return null
  })
  if (first !== null) return { found: first }

  let enabled = 1
  for (const regions of [second === undefined ? [] : [second], rest]) {
    const said = await askRegions(regions, (region, signal) => findInRegion(clients, region, signal), asking)
    const found = best(said.answers.filter((one) => one !== null))
    if (found !== null) return { found }
    enabled += said.enabled
    troubles.push(...said.failed)
  }
  const [trouble] = troubles
  if (trouble === undefined) return { found: null, why: `${NO_ANALYZER} in ${countText(enabled, 'region')}` }
  const answered = enabled - troubles.length
  if (answered === 0) throw trouble
  return { found: null, why: `none in the ${answered} of ${countText(enabled, 'region')} that could be asked; ${trouble.message}` }
}

/** What one Region refuses, another may allow. */
const saysNoMore = ({ kind }: AwsFailure): boolean => kind === 'denied' || kind === 'credentials'

async function findInRegion(clients: AwsClients, region: string, signal?: AbortSignal): Promise<UnusedAccessAnalyzer | null> {
  const summaries = await listAnalyzersIn(clients, region, signal)
  const analyzers = summaries.flatMap((summary) => toAnalyzer(summary, region) ?? [])
  const found = best(analyzers)
  return found === null ? null : { ...found, unusedAccessAge: await readUnusedAccessAge(clients, found, signal) }
}

/** An analyzer that works before one that does not, and the account's own before the organization's. */
function best(analyzers: readonly UnusedAccessAnalyzer[]): UnusedAccessAnalyzer | null {
  const rank = (one: UnusedAccessAnalyzer): number => (one.isActive ? 0 : 2) + (one.isOrganization ? 1 : 0)
  return analyzers.toSorted((a, b) => rank(a) - rank(b))[0] ?? null
}

function toAnalyzer(summary: AnalyzerSummary, region: string): UnusedAccessAnalyzer | null {
  if (!summary.arn || !summary.type?.endsWith('_UNUSED_ACCESS')) return null
  return {
    arn: summary.arn,
    name: summary.name ?? summary.arn,
    region,
    isActive: summary.status === 'ACTIVE',
    isOrganization: summary.type.startsWith('ORGANIZATION'),
    unusedAccessAge: null,
  }
}
