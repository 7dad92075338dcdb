import type { NamedCase } from './cases.ts'
import { isKill } from './faults.ts'

export type Count = { tried: number; passed: number }

/** What was tried and what passed; plain data, so that one process can tell it to another. */
export type Tally = {
  readonly byShape: Record<string, Count>
  readonly byFault: Record<string, Count>
  readonly failures: string[]
  kills: number
  /** Cases whose process was ended with SIGKILL, and how many processes that were. */
  killedForReal: number
  processesKilled: number
}

export const emptyTally = (): Tally => ({ byShape: {}, byFault: {}, failures: [], kills: 0, killedForReal: 0, processesKilled: 0 })

export function note(tally: Tally, { scene, fault, faultName, name }: NamedCase, failure: string | null): void {
  for (const count of [countOf(tally.byShape, scene.variant.shape), countOf(tally.byFault, faultName)]) {
    count.tried++
    if (failure === null) count.passed++
  }
  if (isKill(fault)) tally.kills++
  if (failure !== null) tally.failures.push(`${name}: ${failure.slice(0, 300)}`)
}

export function addTally(total: Tally, part: Tally): void {
  for (const table of ['byShape', 'byFault'] as const)
    for (const [name, { tried, passed }] of Object.entries(part[table])) {
      const count = countOf(total[table], name)
      count.tried += tried
      count.passed += passed
    }
  total.failures.push(...part.failures)
  total.kills += part.kills
  total.killedForReal += part.killedForReal
  total.processesKilled += part.processesKilled
}

export function linesOf({ byShape, byFault, failures, kills, killedForReal, processesKilled }: Tally): readonly string[] {
  const table = (counts: Readonly<Record<string, Count>>): string[] =>
    Object.entries(counts).map(([name, { tried, passed }]) => `${name.padEnd(46)} ${`${passed}`.padStart(6)} of ${`${tried}`.padStart(6)}`)
  const all = Object.values(byShape)
  const sum = (key: keyof Count): number => all.reduce((total, count) => total + count[key], 0)
  return [
    ...table(byShape),
    '',
    ...table(byFault),
    '',
    ...failures.map((failure) => `FAILED ${failure}`),
    `cases tried ${sum('tried')}, passed ${sum('passed')}`,
    `kills ${kills}, of them ${killedForReal} by SIGKILL in ${processesKilled} processes`,
  ]
}

function countOf(counts: Record<string, Count>, name: string): Count {
  counts[name] ??= { tried: 0, passed: 0 }
  return counts[name]
}
