import type { CalledActions } from '../evidence/called-actions.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { DenialReader, Denials, DeniedCall } from '../ports/denials.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'
import { cloudTrailEvent, deniedCallsOf } from './parse-cloudtrail.ts'
import { present } from './read-pages.ts'
import { globalRegionOf } from './regions.ts'
import { sending } from './sdk-values.ts'
import { lookupPauseFor, timingFor } from './timing.ts'

/** Pages of fifty events a Region: 20,000 events. More than that since a change is said, not read. */
const MOST_PAGES = 400

export type DenialReaderOptions = {
  readonly partition: string
  readonly calledActions: CalledActions
}

/** Denied calls from CloudTrail's event history, in the configured Region and in the one where global services report. */
export function createDenialReader(clients: AwsClients, options: DenialReaderOptions): DenialReader {
  return {
    async readDenials(since, { signal } = {}): Promise<Denials> {
      const regions = [...new Set([await clients.region(), globalRegionOf(options.partition)])]
      const calls: DeniedCall[] = []
      const problems: string[] = []
      for (const region of regions) {
        try {
          const whole = await readRegion(clients, { region, since, signal, ...options }, (found) => calls.push(...found))
          if (!whole) problems.push(`more than ${MOST_PAGES * 50} events in ${region} since ${since.toISOString()}`)
        } catch (error) {
          if (!(error instanceof AwsFailure) || error.kind === 'cancelled') throw error
          problems.push(error.message)
        }
      }
      return { calls: calls.sort((a, b) => (a.at < b.at ? -1 : 1)), regions, problem: problems.length === 0 ? null : problems.join('; ') }
    },
  }
}

type RegionToRead = Omit<DenialReaderOptions, 'partition'> & {
  readonly region: string
  readonly since: Date
  readonly signal: AbortSignal | undefined
}

/** False when there are more events than are read. */
async function readRegion(clients: AwsClients, how: RegionToRead, take: (calls: readonly DeniedCall[]) => void): Promise<boolean> {
  const { region, since, signal, calledActions } = how
  const [pauseMs, { sleep }] = await Promise.all([lookupPauseFor(clients), timingFor(clients)])
  const client = await clients.cloudTrail(region)
  const { LookupEventsCommand } = await import('@aws-sdk/client-cloudtrail')
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    if (page > 0 && pauseMs > 0) await callAws('LookupEvents', 'read', () => sleep(pauseMs, signal))
    const input = { StartTime: since, MaxResults: 50, ...(token === undefined ? {} : { NextToken: token }) }
    const answer = await callAws('LookupEvents', 'read', () => client.send(new LookupEventsCommand(input), sending(signal)))
    const events = present('LookupEvents', answer.Events).flatMap((event) => cloudTrailEvent.safeParse(event).data ?? [])
    take(events.flatMap((event) => deniedCallsOf(event, region, calledActions)))
    token = answer.NextToken
    if (token === undefined) return true
  }
  return false
}
