/**
 * The same kills with a real process: a child opens the account's file and the ledger, applies the stage and kills itself with
 * SIGKILL at the named place of the journal. The parent then recovers over the same files.
 *
 *   node real-kill.ts '{"dataDir":…,"accountKey":…,"plan":FILE,"stage":…,"k":…,"at":…}'
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OperationOutcome } from '../../src/change/change.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import { openLab } from './lab.ts'
import { act } from './run-case.ts'
import type { Act } from './shapes.ts'

export type KillOrder = {
  readonly dataDir: string
  readonly accountKey: string
  readonly planFile: string
  readonly act: Act
  readonly stage: number
  readonly k: number
  readonly at: OperationOutcome
}

const order: KillOrder = JSON.parse(process.argv[2] ?? '{}')
const ledger = openLedger({ dataDir: order.dataDir, restoreOut: null })
const deadly: Ledger = {
  ...ledger,
  setOperation(changeId, k, result) {
    if (k === order.k && result.outcome === order.at) process.kill(process.pid, 'SIGKILL')
    ledger.setOperation(changeId, k, result)
  },
}
const plan: RolePlan = JSON.parse(readFileSync(order.planFile, 'utf8'))
const lab = await openLab({
  database: join(order.dataDir, `${order.accountKey}.sqlite`),
  ledger: deadly,
  accountKey: order.accountKey,
  dataDir: order.dataDir,
})
const variant = { shape: '', n: 0, act: order.act, fixture: {} }
await act(lab.process(), { variant, plan, stage: order.stage })
