import { notObserved, type Observed, type RoleCalls } from '../evidence/account-observations.ts'
import type { CalledActions } from '../evidence/called-actions.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { Period } from '../ports/observations.ts'
import type { Asking } from './await-job.ts'
import { roleCallsOf } from './call-rows.ts'
import type { CallStore } from './call-store.ts'
import { findTrailLogs } from './insights-calls.ts'
import { findLake } from './lake-calls.ts'

/**
 * How often sessions of each role called AWS, and what they called last: counted by CloudTrail Lake where the account has an
 * event data store, else by CloudWatch Logs Insights where a trail writes to a log group. One query, bounded by the period,
 * since AWS bills by the data that it reads.
 */
export async function readRoleCalls(asking: Asking, period: Period, calledActions: CalledActions): Promise<Observed<readonly RoleCalls[]>> {
  const lake = await orProblem(() => findLake(asking))
  const found = lake.store === null ? await orProblem(() => findTrailLogs(asking)) : lake
  const { store } = found
  if (store === null)
    return notObserved(lake.problem ?? found.problem ?? 'no CloudTrail Lake event data store and no log group of a trail counts calls', [])
  const answer = await store.query(asking, period)
  if (answer.problem !== null) return notObserved(`${store.service}: ${answer.problem}`, [])
  const days = Math.round((period.to.getTime() - period.from.getTime()) / 86_400_000)
  const flaws = [
    ...(store.keptDays >= days ? [] : [`which keeps ${store.keptDays} days only`]),
    ...(answer.isWhole ? [] : ['whose answer was cut off']),
  ]
  return {
    status: flaws.length === 0 ? 'connected' : 'partial',
    why: [`a billed query of ${store.service}`, store.name, ...flaws].join(', '),
    observedUntil: period.to.toISOString(),
    value: roleCallsOf(answer.rows, calledActions),
  }
}

type Found = { readonly store: CallStore | null; readonly problem: string | null }

/** Who may not ask one place may ask the other. */
async function orProblem(find: () => Promise<CallStore | null>): Promise<Found> {
  try {
    return { store: await find(), problem: null }
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind === 'cancelled') throw error
    return { store: null, problem: error.message }
  }
}
