import type { GetServiceLastAccessedDetailsResponse } from '@aws-sdk/client-iam'
import { z } from 'zod'
import type { LastAccessedReport } from '../evidence/evidence.ts'
import type { Arn } from '../policy/names.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'
import { createServiceReader, missingReport, parseLastAccessed } from './parse-last-accessed.ts'
import { readPages } from './read-pages.ts'
import { sending } from './sdk-values.ts'
import { lastAccessedPage } from './usage-schema.ts'

export type JobTiming = {
  /** Jobs under way at once. */
  readonly concurrency: number
  /** Rejects when the signal aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Waits between two questions, in ms; the last one repeats until their sum passes `timeout`. */
  readonly waits: readonly number[]
  readonly timeout: number
  /** Told before each wait that AWS asks for, in ms. */
  readonly onThrottled?: (ms: number) => void
}

const getOperation = 'GetServiceLastAccessedDetails'

/**
 * One report: a job is started, asked for until it is done, and read to its last page. A job belongs to the session that
 * started it, so when credentials are renewed in between it is lost (`NoSuchEntity`) and started once more.
 * Throws `AwsFailure` when AWS refuses; a job that fails or takes too long is an incomplete report.
 */
export async function readLastAccessedReport(
  clients: AwsClients,
  roleArn: Arn,
  timing: JobTiming,
  signal?: AbortSignal,
): Promise<LastAccessedReport> {
  try {
    return await runJob(clients, roleArn, timing, signal)
  } catch (error) {
    if (!isLostJob(error)) throw error
    return runJob(clients, roleArn, timing, signal).catch((again: unknown) => {
      if (isLostJob(again)) return missingReport(roleArn, 'the job was lost twice')
      throw again
    })
  }
}

const isLostJob = (error: unknown): boolean =>
  error instanceof AwsFailure && error.code === 'NoSuchEntity' && error.operation === getOperation

async function runJob(clients: AwsClients, roleArn: Arn, timing: JobTiming, signal?: AbortSignal): Promise<LastAccessedReport> {
  const jobId = await startJob(clients, roleArn, timing, signal)
  const first = await awaitJob(clients, jobId, timing, signal)
  if (first === null) return missingReport(roleArn, `the job was not done after ${Math.round(timing.timeout / 1000)} s`)
  const pages = await readPages(getOperation, async (marker) => {
    const page = marker === null ? first : await patiently(timing, signal, () => getDetails(clients, jobId, marker, signal))
    return { page, isTruncated: page.IsTruncated === true, marker: page.Marker ?? null }
  })
  const parsed = z.array(lastAccessedPage).safeParse(pages)
  return parsed.success
    ? parseLastAccessed(roleArn, parsed.data, { observedUntil: null, readService: createServiceReader() })
    : missingReport(roleArn, 'the report has an unexpected shape')
}

async function startJob(clients: AwsClients, Arn: Arn, timing: JobTiming, signal?: AbortSignal): Promise<string> {
  const operation = 'GenerateServiceLastAccessedDetails'
  const client = await clients.iam()
  const { GenerateServiceLastAccessedDetailsCommand } = await import('@aws-sdk/client-iam')
  const command = () => client.send(new GenerateServiceLastAccessedDetailsCommand({ Arn, Granularity: 'ACTION_LEVEL' }), sending(signal))
  const { JobId } = await patiently(timing, signal, () => callAws(operation, 'read', command))
  if (!JobId) throw new AwsFailure({ kind: 'unavailable', code: '', operation, message: `${operation}: the answer names no job` })
  return JobId
}

/** The first page of a job that has ended; null when it takes too long. */
async function awaitJob(
  clients: AwsClients,
  jobId: string,
  timing: JobTiming,
  signal?: AbortSignal,
): Promise<GetServiceLastAccessedDetailsResponse | null> {
  let waited = 0
  for (let k = 0; ; k += 1) {
    const answer = await patiently(timing, signal, () => getDetails(clients, jobId, null, signal))
    if (answer.JobStatus !== 'IN_PROGRESS') return answer
    if (waited >= timing.timeout) return null
    const wait = timing.waits[Math.min(k, timing.waits.length - 1)] ?? 1_000
    await callAws(getOperation, 'read', () => timing.sleep(wait, signal))
    waited += wait
  }
}

async function getDetails(
  clients: AwsClients,
  JobId: string,
  marker: string | null,
  signal?: AbortSignal,
): Promise<GetServiceLastAccessedDetailsResponse> {
  const client = await clients.iam()
  const { GetServiceLastAccessedDetailsCommand } = await import('@aws-sdk/client-iam')
  const input = { JobId, ...(marker === null ? {} : { Marker: marker }) }
  return callAws(getOperation, 'read', () => client.send(new GetServiceLastAccessedDetailsCommand(input), sending(signal)))
}

/** Asking about every role of an account is throttled for certain: waits longer than the SDK's own retries. */
async function patiently<Answer>(timing: JobTiming, signal: AbortSignal | undefined, ask: () => Promise<Answer>): Promise<Answer> {
  for (let wait = 2_000; ; wait *= 2) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof AwsFailure) || error.kind !== 'throttled' || wait > 32_000) throw error
      timing.onThrottled?.(wait)
      await callAws(error.operation, 'read', () => timing.sleep(wait, signal))
    }
  }
}
