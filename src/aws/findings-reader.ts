import type { FindingSummaryV2 } from '@aws-sdk/client-accessanalyzer'
import type { Account } from '../account/account.ts'
import type { SourceStatus, UnusedAccessFinding } from '../evidence/evidence.ts'
import type { EvidenceReadOptions } from '../ports/aws.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import { mapBounded } from './bounded.ts'
import type { AwsClients } from './clients.ts'
import { findUnusedAccessAnalyzer } from './find-analyzer.ts'
import { type AnalyzerReading, listFindings } from './list-findings.ts'
import { parseFinding } from './parse-finding.ts'
import { readFindingDetails } from './read-finding.ts'
import { createUseReader } from './service-uses.ts'
import { sourceMissing, sourceOfFindings } from './source-status.ts'
import { findingPage } from './usage-schema.ts'

const concurrency = 8

export type FindingsAnswer = { readonly findings: readonly UnusedAccessFinding[]; readonly source: SourceStatus }

/** Access Analyzer's findings on unused access of the account's roles. Rejects only when it is cancelled. */
export async function readFindings(clients: AwsClients, account: Account, options: EvidenceReadOptions = {}): Promise<FindingsAnswer> {
  try {
    const search = await findUnusedAccessAnalyzer(clients, account.partition, { signal: options.signal })
    if (search.found === null) return { findings: [], source: sourceMissing('access-analyzer', search.why) }
    return await readAll({ clients, analyzer: search.found, signal: options.signal }, account, options)
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind === 'cancelled') throw error
    return { findings: [], source: sourceMissing('access-analyzer', error.message) }
  }
}

async function readAll(reading: AnalyzerReading, account: Account, { onProgress, known }: EvidenceReadOptions): Promise<FindingsAnswer> {
  const { analyzer } = reading
  const summaries = await listFindings(reading, account)
  const troubles: AwsFailure[] = []
  let done = 0
  onProgress?.({ what: 'access-analyzer', done, total: summaries.length })
  const findings = await mapBounded(summaries, concurrency, async (summary) => {
    const unchanged = unchangedSince(known?.findings.get(summary.id ?? ''), summary, analyzer)
    const finding = unchanged ?? (await readFinding(reading, summary, troubles))
    done += 1
    onProgress?.({ what: 'access-analyzer', done, total: summaries.length })
    return finding
  })

  const given = findings.filter((finding) => finding !== null)
  const source = sourceOfFindings(given, `${analyzer.name} in ${analyzer.region}`, null)
  const flaws = [...troubles.slice(0, 1).map((trouble) => trouble.message), ...(analyzer.isActive ? [] : ['the analyzer is not active'])]
  if (flaws.length === 0) return { findings: given, source }
  return { findings: given, source: { ...source, status: 'partial', why: [source.why, ...flaws].join('; ') } }
}

async function readFinding(
  reading: AnalyzerReading,
  summary: FindingSummaryV2,
  troubles: AwsFailure[],
): Promise<UnusedAccessFinding | null> {
  const { analyzer } = reading
  const pages = await readFindingDetails(reading, summary.id ?? '', troubles)
  return parseFinding(pages.read.length > 0 ? pages.read : [findingPage.parse(summary)], {
    roleArn: summary.resource ?? '',
    analyzerArn: analyzer.arn,
    unusedAccessAge: analyzer.unusedAccessAge,
    observedUntil: null,
    complete: pages.complete,
    readUse: createUseReader(),
  })
}

/** A finding that was not updated since it was read keeps its details; when it was analysed again, the list says. */
function unchangedSince(
  known: UnusedAccessFinding | undefined,
  summary: FindingSummaryV2,
  { arn, unusedAccessAge }: AnalyzerReading['analyzer'],
): UnusedAccessFinding | null {
  if (known === undefined || !known.complete || known.analyzerArn !== arn || known.updatedAt === null) return null
  const { updatedAt, analyzedAt, status, error } = findingPage.parse(summary)
  if (updatedAt !== known.updatedAt || known.roleArn !== summary.resource || error) return null
  const now = { analyzedAt, status: status === 'ARCHIVED' ? 'ARCHIVED' : 'ACTIVE', unusedAccessAge } as const
  const isSame = known.analyzedAt === now.analyzedAt && known.status === now.status && known.unusedAccessAge === now.unusedAccessAge
  return isSame ? known : { ...known, ...now }
}
