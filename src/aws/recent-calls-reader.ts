/**
 * The newest calls of the account's event history. `LookupEvents` needs no trail, but answers twice a second and knows no
 * role, so only the newest pages are read: they show use and denials of this hour or day, and never that there was none.
 */
import type { Account } from '../account/account.ts'
import type { CalledActions } from '../evidence/called-actions.ts'
import type { ObservedCall, SourceStatus } from '../evidence/evidence.ts'
import type { Arn } from '../policy/names.ts'
import type { ReadOptions } from '../ports/aws.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { AwsClients } from './clients.ts'
import { countText } from './count-text.ts'
import { lookUpEvents } from './lookup-events.ts'
import { type CloudTrailEvent, parseObservedCalls } from './parse-cloudtrail.ts'
import { globalRegionOf } from './regions.ts'
import { sourceMissing } from './source-status.ts'
import type { Pace } from './timing.ts'

export type CallsAnswer = { readonly calls: ReadonlyMap<Arn, readonly ObservedCall[]>; readonly source: SourceStatus }

/** Pages of fifty events a Region: two seconds of waiting, which every scan pays. */
const MOST_PAGES = 4

export type RecentCalls = { readonly calledActions: CalledActions; readonly pace: Pace }

export async function readRecentCalls(
  clients: AwsClients,
  account: Account,
  { calledActions, pace }: RecentCalls,
  options: ReadOptions = {},
): Promise<CallsAnswer> {
  const { signal, onProgress } = options
  const regions = [...new Set([await clients.region(), globalRegionOf(account.partition)])]
  const events: CloudTrailEvent[] = []
  const troubles: AwsFailure[] = []
  onProgress?.({ what: 'cloudtrail', done: 0, total: null })
  const look = async (region: string): Promise<void> => {
    try {
      await lookUpEvents(clients, { region, mostPages: MOST_PAGES, pace, signal }, (page) => {
        events.push(...page)
        onProgress?.({ what: 'cloudtrail', done: events.length, total: null })
      })
    } catch (error) {
      if (!(error instanceof AwsFailure) || error.kind === 'cancelled') throw error
      troubles.push(error)
    }
  }
  await Promise.all(regions.map(look))
  const trouble = troubles[0] ?? null
  if (trouble !== null && events.length === 0) return { calls: new Map(), source: sourceMissing('cloudtrail', trouble.message) }
  const arns = new Set(account.roles.map(({ arn }) => arn))
  const calls = new Map([...parseObservedCalls(events, calledActions)].filter(([arn]) => arns.has(arn)))
  return { calls, source: sourceOf(events, calls.size, regions.length, trouble) }
}

function sourceOf(events: readonly CloudTrailEvent[], roles: number, regions: number, trouble: AwsFailure | null): SourceStatus {
  const times = events.flatMap(({ eventTime }) => eventTime ?? []).sort()
  const since = times[0] === undefined ? '' : ` since ${times[0].slice(0, 16).replace('T', ' ')}`
  const why = `the newest ${countText(events.length, 'management event')} of ${countText(regions, 'region')}${since} show calls of ${countText(roles, 'role')}`
  return {
    id: 'cloudtrail',
    status: trouble === null ? 'connected' : 'partial',
    why: trouble === null ? why : `${why}; ${trouble.message}`,
    observedUntil: times.at(-1) ?? null,
  }
}
