/**
 * The process that is killed for real. It opens the ledger and one account after another, starts each deed and lets it hang at
 * its place, just before AWS is called or just after; when all of them are in mid-air it ends itself with SIGKILL. The parent
 * then recovers each over the same files.
 *
 *   node real-kill.ts ORDERS.json
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { RoleWriter } from '../../src/ports/aws.ts'
import { throughAll } from './deadly.ts'
import { catalogOfFewServices } from './few-services.ts'
import type { KillOrder } from './kill-for-real.ts'
import { openLab } from './lab.ts'
import { act } from './scene.ts'
import { openWires } from './wires.ts'

const orders: readonly KillOrder[] = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
const catalog = catalogOfFewServices()

for (const order of orders) await startAndHang(order)
process.kill(process.pid, 'SIGKILL')

/** Each deed has clients of its own, since the ones before it are still at their call. */
async function startAndHang({ accountKey, dataDir, caller, course, deed, k, at }: KillOrder): Promise<void> {
  const ledger = openLedger({ dataDir, restoreOut: null })
  const database = join(dataDir, `${accountKey}.sqlite`)
  const lab = await openLab({ database, ledger, accountKey, dataDir, caller, catalog, wires: openWires() })
  const hanging = Promise.withResolvers<void>()
  let isDue = false
  const writer: RoleWriter = throughAll(lab.writer, async (call) => {
    if (!isDue) return call()
    if (at === 'done') await call()
    hanging.resolve()
    return new Promise<never>(() => undefined)
  })
  const onProgress = (progress: { phase: string; k: number; outcome: string }): void => {
    if (progress.phase === 'operation' && progress.k === k && progress.outcome === 'started') isDue = true
  }
  const over = act(course, lab.process({ writer }), deed, { onProgress }).then((outcome) => {
    throw new Error(`${accountKey} came to an end before it was killed: ${outcome.ok ? 'done' : outcome.refusal.message}`)
  })
  await Promise.race([hanging.promise, over])
}
