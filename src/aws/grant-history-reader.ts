/**
 * When inline policies and attachments came to be, from the account's event history: it goes back ninety days, needs no trail
 * and costs nothing. Asking by the name of the event takes a few calls for the whole account, where asking role by role would
 * take hundreds at two a second.
 */
import type { Account } from '../account/account.ts'
import type { SourceStatus } from '../evidence/evidence.ts'
import { type GrantHistory, newestFirst, noHistory } from '../evidence/grant-history.ts'
import type { ReadOptions } from '../ports/aws.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { AwsClients } from './clients.ts'
import { countText } from './count-text.ts'
import { lookUpEvents } from './lookup-events.ts'
import type { CloudTrailEvent } from './parse-cloudtrail.ts'
import { grantEventNames, parseGrantEdits } from './parse-grant-edits.ts'
import { globalRegionOf } from './regions.ts'
import { sourceMissing } from './source-status.ts'
import type { Pace } from './timing.ts'

const DAY = 86_400_000
const KEPT_DAYS = 90
/** Events are told late, so what was read before is read again from this long before. */
const LATE_MS = 2 * 3_600_000
/** A thousand events of a name; in an account that makes more, history begins where they end. */
const MOST_PAGES = 20

export type HistoryAnswer = { readonly history: GrantHistory; readonly source: SourceStatus }

export type HistoryReading = { readonly now: Date; readonly pace: Pace }

export type KnownHistory = { readonly history: GrantHistory; readonly readAt: string }

/** `known` is what an earlier run read: only what came since is asked for. Rejects only when it is cancelled. */
export async function readGrantHistory(
  clients: AwsClients,
  { partition }: Pick<Account, 'partition'>,
  { now, pace }: HistoryReading,
  { signal, known }: Pick<ReadOptions, 'signal'> & { readonly known?: KnownHistory | null | undefined } = {},
): Promise<HistoryAnswer> {
  const oldest = new Date(now.getTime() - KEPT_DAYS * DAY)
  const before = known != null && known.history.wholeSince !== null && known.readAt <= now.toISOString() ? known : null
  const since = before === null ? oldest : new Date(Math.max(oldest.getTime(), Date.parse(before.readAt) - LATE_MS))
  const events: CloudTrailEvent[] = []
  let wholeSince = before?.history.wholeSince ?? oldest.toISOString()
  try {
    for (const [k, AttributeValue] of grantEventNames.entries()) {
      if (k > 0) await pace(signal)
      const attribute = { AttributeKey: 'EventName', AttributeValue } as const
      const found: CloudTrailEvent[] = []
      const lookUp = { region: globalRegionOf(partition), attribute, since, mostPages: MOST_PAGES, pace, signal }
      const isWhole = await lookUpEvents(clients, lookUp, (page) => found.push(...page))
      const end = found.at(-1)?.eventTime ?? null
      if (!isWhole && end !== null && end > wholeSince) wholeSince = end
      events.push(...found)
    }
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind === 'cancelled') throw error
    return { history: noHistory, source: sourceMissing('grant-dates', error.message) }
  }
  const fresh = parseGrantEdits(events)
  const seen = new Set(fresh.map((edit) => JSON.stringify(edit)))
  const edits = newestFirst([...fresh, ...(before?.history.edits ?? []).filter((edit) => !seen.has(JSON.stringify(edit)))])
  return { history: { wholeSince, edits }, source: sourceOf({ wholeSince, edits }, now) }
}

function sourceOf({ wholeSince, edits }: { readonly wholeSince: string; readonly edits: readonly unknown[] }, now: Date): SourceStatus {
  const days = Math.floor((now.getTime() - Date.parse(wholeSince)) / DAY)
  const why = `${countText(edits.length, 'edit')} of roles' policies in the last ${days} days, by CloudTrail's event history`
  const isShort = days < KEPT_DAYS
  return {
    id: 'grant-dates',
    status: isShort ? 'partial' : 'connected',
    why: isShort ? `${why}; there are more than can be read` : why,
    observedUntil: now.toISOString(),
  }
}
