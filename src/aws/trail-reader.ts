import type { Account } from '../account/account.ts'
import type { CalledActions } from '../evidence/called-actions.ts'
import type { ObservedCall } from '../evidence/evidence.ts'
import { type Arn, actionKey } from '../policy/names.ts'
import type { EvidenceReadOptions, KnownTrail } from '../ports/aws.ts'
import type { AwsClients } from './clients.ts'
import { readGrantHistory } from './grant-history-reader.ts'
import { readRecentCalls } from './recent-calls-reader.ts'
import { lookUpPace } from './timing.ts'

export type TrailReading = { readonly calledActions: CalledActions; readonly now: Date }

/** What event history tells: recent calls, and when grants came to be. One after the other, since AWS answers twice a second. */
export async function readTrail(
  clients: AwsClients,
  account: Account,
  { calledActions, now }: TrailReading,
  options: EvidenceReadOptions,
): Promise<Omit<KnownTrail, 'isGood'>> {
  const known = options.known?.trail ?? null
  if (known?.isGood === true) return known
  const pace = await lookUpPace(clients)
  const recent = await readRecentCalls(clients, account, { calledActions, pace }, options)
  const dates = await readGrantHistory(clients, account, { now, pace }, { signal: options.signal, known })
  return {
    readAt: now.toISOString(),
    calls: known === null ? recent.calls : joinCalls(known.calls, recent.calls),
    history: dates.history,
    sources: [recent.source, dates.source],
  }
}

type Calls = ReadonlyMap<Arn, readonly ObservedCall[]>

/** What an earlier run saw is still true; of each action the newest call counts, and the newest that was denied. */
function joinCalls(before: Calls, now: Calls): Calls {
  const arns = new Set([...before.keys(), ...now.keys()])
  return new Map([...arns].map((arn) => [arn, newestOfEach([...(before.get(arn) ?? []), ...(now.get(arn) ?? [])])]))
}

function newestOfEach(calls: readonly ObservedCall[]): readonly ObservedCall[] {
  const newest = new Map<string, ObservedCall>()
  for (const call of calls.toSorted((a, b) => (a.at < b.at ? -1 : 1))) newest.set(`${actionKey(call.action)} ${call.denied}`, call)
  return [...newest.values()]
}
