import { casesOf, type NamedCase } from './cases.ts'
import { killFaultOf, killForReal } from './kill-for-real.ts'
import { runCase } from './run-case.ts'
import type { Variant } from './shapes.ts'
import { openShelf } from './shelf.ts'
import { emptyTally, note, type Tally } from './tally.ts'

/** So many changes a killed process has in mid-air at most. */
const IN_MID_AIR = 12

/** All cases of one variant, or every `every`-th of them. */
export async function runVariant(variant: Variant, every: number): Promise<Tally> {
  const shelf = openShelf()
  const tally = emptyTally()
  try {
    const cases = (await casesOf(variant, shelf)).filter((_, at) => at % every === 0)
    const real = new Set(cases.filter((theCase) => killFaultOf(theCase) !== null))
    for (const theCase of cases)
      if (!real.has(theCase)) note(tally, theCase, await runCase(theCase, shelf).catch((error: unknown) => String(error)))
    for (const batch of inBatches([...real])) {
      const verdicts = await killForReal(batch, shelf)
      for (const [at, theCase] of batch.entries()) note(tally, theCase, verdicts[at] ?? null)
      tally.killedForReal += batch.length
      tally.processesKilled++
    }
    return tally
  } finally {
    shelf.close()
  }
}

const inBatches = (cases: readonly NamedCase[]): NamedCase[][] =>
  Array.from({ length: Math.ceil(cases.length / IN_MID_AIR) }, (_, at) => cases.slice(at * IN_MID_AIR, (at + 1) * IN_MID_AIR))
