import { type CalledActions, eventSourcesOf } from '../evidence/called-actions.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { DenialReader, Denials, DeniedCall } from '../ports/denials.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'
import { cloudTrailEvent, deniedCallsOf } from './parse-cloudtrail.ts'
import { present } from './read-pages.ts'
import { globalRegionOf } from './regions.ts'
import { sending } from './sdk-values.ts'
import { lookupPauseFor, timingFor } from './timing.ts'

/** Pages of fifty events a look-up. Where there are more since the change, that is said and not read. */
const MOST_PAGES = 200
/** A look-up takes one attribute. So many services are asked one by one; more of them, all at once. */
const MOST_SOURCES = 40

export type DenialReaderOptions = {
  readonly partition: string
  readonly calledActions: CalledActions
}

/** Denied calls from CloudTrail's event history, in the configured Region and in the one where global services report. */
export function createDenialReader(clients: AwsClients, options: DenialReaderOptions): DenialReader {
  return {
    async readDenials({ since, services }, { signal } = {}): Promise<Denials> {
      const named = [...services].flatMap(eventSourcesOf)
      const sources = named.length > MOST_SOURCES ? [null] : named
      const regions = [...new Set([await clients.region(), globalRegionOf(options.partition)])]
      const calls: DeniedCall[] = []
      const problems: string[] = []
      for (const region of regions) {
        try {
          for (const source of sources) {
            const whole = await lookUp(clients, { region, source, since, signal, ...options }, (found) => calls.push(...found))
            if (!whole)
              problems.push(`more than ${MOST_PAGES * 50} events of ${source ?? 'all services'} in ${region} since ${since.toISOString()}`)
          }
        } catch (error) {
          if (!(error instanceof AwsFailure) || error.kind === 'cancelled') throw error
          problems.push(error.message)
        }
      }
      return { calls: calls.sort((a, b) => (a.at < b.at ? -1 : 1)), regions, problem: problems.length === 0 ? null : problems.join('; ') }
    },
  }
}

type LookUp = Omit<DenialReaderOptions, 'partition'> & {
  readonly region: string
  /** An event source such as `rds.amazonaws.com`; null for all of them. */
  readonly source: string | null
  readonly since: Date
  readonly signal: AbortSignal | undefined
}

/** False when there are more events than are read. */
async function lookUp(clients: AwsClients, how: LookUp, take: (calls: readonly DeniedCall[]) => void): Promise<boolean> {
  const { region, source, since, signal, calledActions } = how
  const attributes = source === null ? {} : { LookupAttributes: [{ AttributeKey: 'EventSource' as const, AttributeValue: source }] }
  const [pauseMs, { sleep }] = await Promise.all([lookupPauseFor(clients), timingFor(clients)])
  const client = await clients.cloudTrail(region)
  const { LookupEventsCommand } = await import('@aws-sdk/client-cloudtrail')
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    if (page > 0 && pauseMs > 0) await callAws('LookupEvents', 'read', () => sleep(pauseMs, signal))
    const input = { ...attributes, StartTime: since, MaxResults: 50, ...(token === undefined ? {} : { NextToken: token }) }
    const answer = await callAws('LookupEvents', 'read', () => client.send(new LookupEventsCommand(input), sending(signal)))
    const events = present('LookupEvents', answer.Events).flatMap((event) => cloudTrailEvent.safeParse(event).data ?? [])
    take(events.flatMap((event) => deniedCallsOf(event, region, calledActions)))
    token = answer.NextToken
    if (token === undefined) return true
  }
  return false
}
