import { AwsFailure } from '../ports/aws-failure.ts'
import { mapBounded } from './bounded.ts'

/** What Regions answered. One that the account has not enabled has no part in it. */
export type RegionsAnswer<Answer> = {
  readonly answers: readonly Answer[]
  /** One for each enabled Region that could not be asked. */
  readonly failed: readonly AwsFailure[]
  /** Regions that answered or failed. */
  readonly enabled: number
}

export type AskRegions = {
  readonly signal?: AbortSignal | undefined
  /** Aborts when a Region that does not answer has been waited for long enough. */
  readonly patience?: ((region: string) => AbortSignal) | undefined
}

const concurrency = 8

/** An enabled Region answers in a fraction of it; behind a firewall one may never do, and the SDK would try for minutes. */
const tenSeconds = (): AbortSignal => AbortSignal.timeout(10_000)

/** Asks several Regions at once. Rejects only when it is cancelled. */
export async function askRegions<Answer>(
  regions: readonly string[],
  ask: (region: string, signal: AbortSignal) => Promise<Answer>,
  { signal, patience = tenSeconds }: AskRegions = {},
): Promise<RegionsAnswer<Answer>> {
  const answers: Answer[] = []
  const failed: AwsFailure[] = []
  let disabled = 0
  await mapBounded(regions, concurrency, async (region) => {
    const late = patience(region)
    try {
      answers.push(await ask(region, signal === undefined ? late : AbortSignal.any([signal, late])))
    } catch (error) {
      const isLate = late.aborted && signal?.aborted !== true
      if (!(error instanceof AwsFailure) || (error.kind === 'cancelled' && !isLate)) throw error
      // Credentials that hold elsewhere do not in a Region that the account has not enabled.
      if (error.kind === 'credentials') disabled += 1
      else failed.push(isLate ? noAnswer(region, error) : error)
    }
  })
  return { answers, failed, enabled: regions.length - disabled }
}

const noAnswer = (region: string, { operation }: AwsFailure): AwsFailure =>
  new AwsFailure({ kind: 'unavailable', code: '', operation, message: `${operation}: ${region} did not answer in time` })
