import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Caller } from '../../src/ports/aws.ts'
import type { Fault } from './faults.ts'
import { type Case, finishCase, prepareCase } from './run-case.ts'
import type { Course, Deed } from './scene.ts'
import type { Shelf } from './shelf.ts'

/** What a child does to one account until it hangs. */
export type KillOrder = {
  readonly accountKey: string
  readonly dataDir: string
  readonly caller: Caller
  readonly course: Course
  readonly deed: Deed
  readonly k: number
  readonly at: KillFault['at']
}

type KillFault = Extract<Fault, { kind: 'killed' }>

/** Whether the kill of a case can be a real one. */
export const killFaultOf = ({ fault, place }: Case): { readonly at: KillFault['at']; readonly k: number } | null =>
  fault.kind === 'killed' && place !== null ? { at: fault.at, k: place.k } : null

/** Runs cases whose process is another one, killed with SIGKILL while all of them are in mid-air. One verdict a case. */
export async function killForReal(cases: readonly Case[], shelf: Shelf): Promise<readonly (string | null)[]> {
  const keys = cases.map((theCase) => prepareCase(theCase, shelf))
  const orders = cases.map((theCase, index): KillOrder => {
    const { at, k } = killFaultOf(theCase) ?? { at: 'started', k: 1 }
    const { scene, course } = theCase
    const { plan, stage, caller, variant } = scene
    return {
      accountKey: keys[index] ?? '',
      dataDir: shelf.dataDir,
      caller,
      course,
      deed: { variant: { act: variant.act }, plan, stage },
      k,
      at,
    }
  })
  const said = await runUntilKilled(orders, shelf)
  if (said !== null) return cases.map(() => said)
  const verdicts: (string | null)[] = []
  for (const [index, theCase] of cases.entries()) verdicts.push(await finishCase(theCase, shelf, keys[index] ?? ''))
  return verdicts
}

/** Null when the child died of SIGKILL, else what it said. */
async function runUntilKilled(orders: readonly KillOrder[], { dataDir }: Shelf): Promise<string | null> {
  const file = join(dataDir, 'orders.json')
  writeFileSync(file, JSON.stringify(orders))
  const script = fileURLToPath(new URL('real-kill.ts', import.meta.url))
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (data) => {
    said += String(data)
  })
  const [, signal] = await once(child, 'exit')
  return signal === 'SIGKILL' ? null : `the child was not killed: ${said.slice(0, 600)}`
}
