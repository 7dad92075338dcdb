/**
 * The fault matrix: every plan shape × its richest stage and that stage's rollback × every operation × every fault × both ways
 * out, in several variants.
 *
 *   npm run test:faults [-- --variants N] [-- --every N] [-- --shape NAME]
 *
 * Prints cases tried and passed by shape and by fault, and each failing case by its name. Exit code 1 when one fails. Two
 * processes share the work. More than a quarter of the kills are real: other processes, ended with SIGKILL.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runVariant } from '../test/faults/run-variant.ts'
import { shapeNames, type Variant, variantsOf } from '../test/faults/shapes.ts'
import { addTally, emptyTally, linesOf, type Tally } from '../test/faults/tally.ts'

const PROCESSES = 2

const { values } = parseArgs({
  options: {
    variants: { type: 'string', default: '5' },
    /** Only every so many-th case. */
    every: { type: 'string', default: '1' },
    shape: { type: 'string', default: '' },
    worker: { type: 'boolean', default: false },
  },
})

type Report = { readonly tally: Tally; readonly cpuMs: number }

/** A variant that cannot be played at all is a failure like any other. */
const failed = (error: unknown): Tally => ({ ...emptyTally(), failures: [String(error)] })

/** A worker does what it is told and says what came of it, until it is told to end. */
function work(): void {
  process.on('message', async ({ shape, n }: { shape: string; n: number }) => {
    const from = process.cpuUsage()
    const variant = variantsOf(shape, n + 1)[n]
    const tally = variant === undefined ? emptyTally() : await runVariant(variant, Number(values.every)).catch(failed)
    const { user, system } = process.cpuUsage(from)
    process.send?.({ tally, cpuMs: (user + system) / 1000 } satisfies Report)
  })
}

async function feed(worker: ChildProcess, queue: Variant[], take: (report: Report) => void): Promise<void> {
  const gone = new AbortController()
  worker.once('exit', () => gone.abort(new Error('a worker ended before its work')))
  for (let variant = queue.shift(); variant !== undefined; variant = queue.shift()) {
    worker.send({ shape: variant.shape, n: variant.n })
    const [report] = await once(worker, 'message', { signal: gone.signal })
    take(report)
  }
  worker.disconnect()
}

async function runAll(): Promise<boolean> {
  const from = performance.now()
  const shapes = shapeNames.filter((shape) => shape.includes(values.shape))
  const queue = Array.from({ length: Number(values.variants) }, (_, n) =>
    shapes.flatMap((shape) => variantsOf(shape, n + 1)[n] ?? []),
  ).flat()
  const total = emptyTally()
  let cpuMs = 0
  const take = (report: Report): void => {
    addTally(total, report.tally)
    cpuMs += report.cpuMs
  }
  const workers = Array.from({ length: PROCESSES }, () => fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), '--worker']))
  await Promise.all(workers.map((worker) => feed(worker, queue, take)))
  for (const line of linesOf(total)) console.log(line)
  const seconds = (ms: number): number => Math.round(ms / 1000)
  console.log(`${seconds(performance.now() - from)} s; ${seconds(cpuMs)} s of processor time, the killed processes apart`)
  return total.failures.length === 0
}

if (values.worker) work()
else process.exitCode = (await runAll()) ? 0 : 1
