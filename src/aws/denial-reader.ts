import { type CalledActions, eventSourcesOf } from '../evidence/called-actions.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { DenialReader, Denials, DeniedCall } from '../ports/denials.ts'
import type { AwsClients } from './clients.ts'
import { lookUpEvents } from './lookup-events.ts'
import { deniedCallsOf } from './parse-cloudtrail.ts'
import { globalRegionOf } from './regions.ts'
import { lookUpPace } from './timing.ts'

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
      const pace = await lookUpPace(clients)
      const calls: DeniedCall[] = []
      const problems: string[] = []
      for (const region of regions) {
        try {
          for (const source of sources) {
            const attribute = source === null ? undefined : ({ AttributeKey: 'EventSource', AttributeValue: source } as const)
            const whole = await lookUpEvents(clients, { region, attribute, since, mostPages: MOST_PAGES, pace, signal }, (events) =>
              calls.push(...events.flatMap((event) => deniedCallsOf(event, region, options.calledActions))),
            )
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
