/**
 * How long a role waits for its rights once its rollback is begun: the calls until everything is given back again (the additive
 * half), against an account in this process whose every answer takes as long as one of IAM.
 *
 *   npm run bench:restore [-- --latency MS]
 *
 * Prints, for each plan shape, the calls, what they alone take one after the other, what it took by the clock, the processor's
 * time, and the ratio of calls and processor together to the calls alone. Exit code 1 where that is above 1.10. The processor
 * counts, not the clock: other programs may be at work on the machine.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openLedger } from '../src/ledger/open-ledger.ts'
import { inverseOperations } from '../src/plan/inverse-operations.ts'
import type { Ledger } from '../src/ports/ledger.ts'
import type { SandboxFixture } from '../src/sandbox/index.ts'
import { type Lab, openLab } from '../test/faults/lab.ts'
import { planShapes } from '../test/support/plan-shapes.ts'

const MOST = 1.1

const { values } = parseArgs({ options: { latency: { type: 'string', default: '100' } } })
const latencyMs = Number(values.latency)

/** Applies all stages of the role. Gives the id of the newest change and how many operations give its rights back. */
async function applyAll(lab: Lab, ledger: Ledger): Promise<{ readonly changeId: string; readonly restoring: number }> {
  const useCases = lab.process()
  const planned = await useCases.plan(['app'])
  const [plan] = planned.ok ? planned.value.roles : []
  let changeId = ''
  for (const { n } of plan?.stages ?? []) {
    const outcome = plan === undefined ? null : await useCases.apply(plan, n)
    if (outcome?.ok !== true) throw new Error(outcome?.refusal.message ?? 'there is no plan')
    changeId = outcome.value.changeId
  }
  const operations = ledger.change(changeId)?.operations.map(({ operation }) => operation) ?? []
  return { changeId, restoring: inverseOperations(operations).restore.length }
}

type Measured = { readonly calls: number; readonly ms: number; readonly cpuMs: number }

async function measure(lab: Lab, ledger: Ledger): Promise<Measured> {
  const { changeId, restoring } = await applyAll(lab, ledger)
  let calls = 0
  lab.setFaults(() => {
    calls++
    return { kind: 'delay', ms: latencyMs }
  })
  const [from, cpuFrom] = [performance.now(), process.cpuUsage()]
  const marks: Measured[] = []
  const outcome = await lab.process().rollback(changeId, {
    onProgress({ phase, outcome, k }) {
      if (phase !== 'operation' || outcome === 'started' || k !== restoring) return
      const { user, system } = process.cpuUsage(cpuFrom)
      marks.push({ calls, ms: performance.now() - from, cpuMs: (user + system) / 1000 })
    },
  })
  lab.setFaults(null)
  const [restored] = marks
  if (!outcome.ok || restored === undefined) throw new Error(outcome.ok ? 'nothing was restored' : outcome.refusal.message)
  return restored
}

/** The code is loaded and warm when it is measured, as it is in a program that has applied something. */
const warm = ([first]: [string, SandboxFixture][]): [string, SandboxFixture][] => (first === undefined ? [] : [['(warming up)', first[1]]])

console.log(`${'shape'.padEnd(26)}${['calls', 'calls × ms', 'took ms', 'cpu ms', 'ratio'].map((head) => head.padStart(12)).join('')}`)
const shapes = Object.entries(planShapes)
for (const [shape, fixture] of [...warm(shapes), ...shapes]) {
  const dataDir = mkdtempSync(join(tmpdir(), 'zt-tui-restore-'))
  const ledger = openLedger({ dataDir, restoreOut: null })
  const lab = await openLab({ fixture, ledger, accountKey: 'bench', dataDir })
  const { calls, ms, cpuMs } = await measure(lab, ledger)
  const ratio = 1 + cpuMs / (calls * latencyMs)
  if (ratio > MOST && !shape.startsWith('(')) process.exitCode = 1
  const columns = [calls, calls * latencyMs, Math.round(ms), Math.round(cpuMs), ratio.toFixed(2)]
  console.log(`${shape.padEnd(26)}${columns.map((column) => String(column).padStart(12)).join('')}`)
  lab.close()
  ledger.close()
  rmSync(dataDir, { recursive: true, force: true })
}
