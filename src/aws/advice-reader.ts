import type { AdviceReader, Advised } from '../ports/advice.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { AwsClients } from './clients.ts'
import { readGeneratedPolicies } from './generated-policy-reader.ts'
import type { JobTiming } from './last-accessed-job.ts'
import { readRecommendation } from './recommendation-reader.ts'
import { timingFor } from './timing.ts'

/** Somebody waits in front of the screen: what takes longer is asked for again next time. */
const PATIENCE_MS = 30_000

export function createAdviceReader(clients: AwsClients): AdviceReader {
  return {
    async readAdvice(question, { signal } = {}) {
      const timing: JobTiming = { ...(await timingFor(clients)), timeout: PATIENCE_MS }
      const asking = { clients, timing, signal }
      const [recommendation, generation] = await Promise.all([
        orMissing(() => readRecommendation(asking, question)),
        orMissing(() => readGeneratedPolicies(asking, question)),
      ])
      return { recommendation, generation }
    },
  }
}

async function orMissing<Value>(read: () => Promise<Advised<Value>>): Promise<Advised<Value>> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind === 'cancelled') throw error
    return { status: 'missing', why: error.message, value: null }
  }
}
