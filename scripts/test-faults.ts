/**
 * The fault matrix: every plan shape × every operation × every fault × both ways out, in several variants.
 *
 *   npm run test:faults [-- --variants N] [-- --seconds S]
 *
 * Prints cases tried and passed, a line a shape; a failing case by its name. Exit code 1 when one fails. Half of the work is done
 * by a second process. At least a quarter of the kills are real: a child process and SIGKILL.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { casesOf } from '../test/faults/cases.ts'
import type { KillOrder } from '../test/faults/real-kill.ts'
import { type Killer, runCase } from '../test/faults/run-case.ts'
import { shapeNames, variantsOf } from '../test/faults/shapes.ts'
import { openShelf } from '../test/faults/shelf.ts'

const { values } = parseArgs({
  options: { variants: { type: 'string', default: '20' }, part: { type: 'string' }, parts: { type: 'string', default: '2' } },
})

type Tally = { tried: number; passed: number; kills: number; realKills: number; failures: string[] }

const emptyTally = (): Tally => ({ tried: 0, passed: 0, kills: 0, realKills: 0, failures: [] })

/** One kill in this many is a real one. */
const REAL_EVERY = 4

async function runPart(part: number, parts: number): Promise<Map<string, Tally>> {
  const tallies = new Map<string, Tally>()
  let kills = 0
  for (const [at, variant] of shapeNames.flatMap((shape) => variantsOf(shape, Number(values.variants))).entries()) {
    if (at % parts !== part) continue
    const tally = tallies.get(variant.shape) ?? emptyTally()
    tallies.set(variant.shape, tally)
    const shelf = openShelf()
    for (const theCase of await casesOf(variant, shelf)) {
      const isKill = theCase.fault.kind === 'killed'
      const isReal = isKill && kills++ % REAL_EVERY === 0
      const failure = await runCase(theCase, shelf, isReal ? realKiller(shelf.dataDir) : null).catch((error: unknown) => String(error))
      tally.tried++
      if (isKill) tally.kills++
      if (isReal) tally.realKills++
      if (failure === null) tally.passed++
      else tally.failures.push(`${theCase.name}: ${failure.slice(0, 300)}`)
    }
    shelf.close()
  }
  return tallies
}

function realKiller(dataDir: string): Killer {
  return async ({ scene, k, fault }, { accountKey }) => {
    if (fault.kind !== 'killed') return
    const planFile = join(dataDir, 'plan.json')
    writeFileSync(planFile, JSON.stringify(scene.plan))
    const order: KillOrder = { dataDir, accountKey, planFile, act: scene.variant.act, stage: scene.stage, k, at: fault.at }
    const file = fileURLToPath(new URL('../test/faults/real-kill.ts', import.meta.url))
    const child = spawn(process.execPath, [file, JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (data) => {
      said += String(data)
    })
    const [, signal] = await once(child, 'exit')
    if (signal !== 'SIGKILL') throw new Error(`the child was not killed: ${said.slice(0, 300)}`)
  }
}

async function runOther(part: number, parts: number): Promise<Map<string, Tally>> {
  const file = fileURLToPath(import.meta.url)
  const child = spawn(process.execPath, [file, '--variants', values.variants, '--part', String(part), '--parts', String(parts)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (data) => {
    said += String(data)
  })
  await once(child, 'close')
  return new Map(JSON.parse(said))
}

function print(parts: readonly Map<string, Tally>[], seconds: number): boolean {
  const all = emptyTally()
  for (const shape of shapeNames) {
    const tallies = parts.flatMap((part) => part.get(shape) ?? [])
    const [tried, passed] = [sum(tallies, 'tried'), sum(tallies, 'passed')]
    console.log(`${shape.padEnd(26)} ${String(passed).padStart(6)} of ${String(tried).padStart(6)}`)
    for (const tally of tallies) {
      all.tried += tally.tried
      all.passed += tally.passed
      all.kills += tally.kills
      all.realKills += tally.realKills
      all.failures.push(...tally.failures)
    }
  }
  for (const failure of all.failures) console.log(`FAILED ${failure}`)
  console.log(
    `cases tried ${all.tried}, passed ${all.passed}; kills ${all.kills}, of them by SIGKILL ${all.realKills}; ${Math.round(seconds)} s`,
  )
  return all.failures.length === 0
}

const sum = (tallies: readonly Tally[], key: 'tried' | 'passed'): number => tallies.reduce((total, tally) => total + tally[key], 0)

const parts = Number(values.parts)
if (values.part !== undefined) console.log(JSON.stringify([...(await runPart(Number(values.part), parts))]))
else {
  const from = performance.now()
  const others = Array.from({ length: parts - 1 }, (_, at) => runOther(at + 1, parts))
  const tallies = [await runPart(0, parts), ...(await Promise.all(others))]
  process.exitCode = print(tallies, (performance.now() - from) / 1000) ? 0 : 1
}
