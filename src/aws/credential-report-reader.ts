import { notObserved, type Observed, type UserCredentials } from '../evidence/account-observations.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'
import type { JobTiming } from './last-accessed-job.ts'
import { parseCredentialReport } from './parse-credential-report.ts'
import { sending } from './sdk-values.ts'

/** IAM makes a report within seconds and gives the same one for four hours. */
export async function readCredentialReport(
  clients: AwsClients,
  timing: Pick<JobTiming, 'sleep' | 'waits' | 'timeout'>,
  signal?: AbortSignal,
): Promise<Observed<readonly UserCredentials[]>> {
  if (!(await awaitReport(clients, timing, signal)))
    return notObserved(`the credential report was not done after ${Math.round(timing.timeout / 1000)} s`, [])
  const client = await clients.iam()
  const { GetCredentialReportCommand } = await import('@aws-sdk/client-iam')
  const answer = await callAws('GetCredentialReport', 'read', () => client.send(new GetCredentialReportCommand({}), sending(signal)))
  const users = parseCredentialReport(new TextDecoder().decode(answer.Content ?? new Uint8Array()))
  if (users === null) return notObserved('the credential report has an unexpected shape', [])
  return {
    status: 'connected',
    why: `${users.length} rows, root among them`,
    observedUntil: answer.GeneratedTime?.toISOString() ?? null,
    value: users,
  }
}

async function awaitReport(
  clients: AwsClients,
  { sleep, waits, timeout }: Pick<JobTiming, 'sleep' | 'waits' | 'timeout'>,
  signal?: AbortSignal,
): Promise<boolean> {
  const operation = 'GenerateCredentialReport'
  const client = await clients.iam()
  const { GenerateCredentialReportCommand } = await import('@aws-sdk/client-iam')
  let waited = 0
  for (let k = 0; ; k += 1) {
    const { State } = await callAws(operation, 'read', () => client.send(new GenerateCredentialReportCommand({}), sending(signal)))
    if (State === 'COMPLETE') return true
    if (State === undefined)
      throw new AwsFailure({ kind: 'unavailable', code: '', operation, message: `${operation}: the answer names no state` })
    if (waited >= timeout) return false
    const wait = waits[Math.min(k, waits.length - 1)] ?? 1_000
    await callAws(operation, 'read', () => sleep(wait, signal))
    waited += wait
  }
}
