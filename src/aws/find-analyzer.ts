import type { AnalyzerSummary } from '@aws-sdk/client-accessanalyzer'
import { NO_ANALYZER } from '../evidence/evidence.ts'
import type { Arn } from '../policy/names.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import { mapBounded } from './bounded.ts'
import type { AwsClients } from './clients.ts'
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
 * Looks in the configured region, then in us-east-1 (where Security Hub makes its own), then in the others at once. A
 * configured region that fails ends the search: the others would fail the same way, only later.
 */
export async function findUnusedAccessAnalyzer(clients: AwsClients, partition: string, signal?: AbortSignal): Promise<AnalyzerSearch> {
  const home = await clients.region()
  const others = (await clients.isEmulated()) ? [] : (regionsOfPartition[partition] ?? []).filter((region) => region !== home)
  const first = await findInRegion(clients, home, signal)
  if (first !== null) return { found: first }

  const [second, ...rest] = others
  const candidates: UnusedAccessAnalyzer[] = []
  const look = async (region: string): Promise<'empty' | 'failed'> => {
    try {
      const analyzer = await findInRegion(clients, region, signal)
      if (analyzer !== null) candidates.push(analyzer)
      return 'empty'
    } catch (error) {
      if (error instanceof AwsFailure && error.kind !== 'cancelled') return 'failed'
      throw error
    }
  }
  if (second !== undefined) {
    await look(second)
    if (candidates.length === 0) await mapBounded(rest, 8, look)
  }
  const found = best(candidates)
  return found !== null ? { found } : { found: null, why: `${NO_ANALYZER} in ${1 + others.length} regions` }
}

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
