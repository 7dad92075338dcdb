import type { LookupAttribute } from '@aws-sdk/client-cloudtrail'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'
import { type CloudTrailEvent, cloudTrailEvent } from './parse-cloudtrail.ts'
import { present } from './read-pages.ts'
import { sending } from './sdk-values.ts'
import type { Pace } from './timing.ts'

export type LookUp = {
  readonly region: string
  /** A look-up takes one attribute, or none. */
  readonly attribute?: LookupAttribute | undefined
  readonly since?: Date | undefined
  /** Pages of fifty events. Where there are more, that is said and not read. */
  readonly mostPages: number
  readonly pace: Pace
  readonly signal: AbortSignal | undefined
}

const operation = 'LookupEvents'

/**
 * Events of one Region's history, newest first, page by page. `LookupEvents` needs no trail, but answers twice a second. False
 * when there are more events than are read.
 */
export async function lookUpEvents(
  clients: AwsClients,
  { region, attribute, since, mostPages, pace, signal }: LookUp,
  take: (events: readonly CloudTrailEvent[]) => void,
): Promise<boolean> {
  const client = await clients.cloudTrail(region)
  const { LookupEventsCommand } = await import('@aws-sdk/client-cloudtrail')
  const query = {
    ...(attribute === undefined ? {} : { LookupAttributes: [attribute] }),
    ...(since === undefined ? {} : { StartTime: since }),
    MaxResults: 50,
  }
  let token: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    if (page > 0) await callAws(operation, 'read', () => pace(signal))
    const input = { ...query, ...(token === undefined ? {} : { NextToken: token }) }
    const answer = await callAws(operation, 'read', () => client.send(new LookupEventsCommand(input), sending(signal)))
    take(present(operation, answer.Events).flatMap((event) => cloudTrailEvent.safeParse(event).data ?? []))
    token = answer.NextToken
    if (token === undefined) return true
  }
  return false
}
