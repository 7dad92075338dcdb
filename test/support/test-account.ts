import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { AppContext } from '../../src/app/context.ts'
import type { ChangeOptions, Outcome, UseCases } from '../../src/app/use-cases.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import type { Sandbox, SandboxFixture } from '../../src/sandbox/index.ts'
import { type Lab, openLab } from '../faults/lab.ts'

/** A lab with a ledger of its own on disk, both gone when the test ends. */
export type TestAccount = Pick<Lab, 'sandbox' | 'clock' | 'setFaults' | 'roleState' | 'live' | 'writer'> & {
  readonly useCases: UseCases
  readonly ledger: Ledger
  readonly dataDir: string
  /** The same account and ledger as the next process finds them. */
  restart(changes?: Partial<AppContext>): UseCases
}

export async function testAccount(
  fixture: SandboxFixture,
  changes: (ledger: Ledger) => Partial<AppContext> = () => ({}),
): Promise<TestAccount> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zt-tui-app-'))
  const ledger = openLedger({ dataDir, restoreOut: null })
  const lab = await openLab({ fixture, ledger, accountKey: 'demo', dataDir })
  onTestFinished(() => {
    lab.close()
    ledger.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return { ...lab, ledger, dataDir, useCases: lab.process(changes(ledger)), restart: lab.process }
}

export function granted<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`refused: ${outcome.refusal.id}: ${outcome.refusal.message}`)
}

export function refusalOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'not refused' : outcome.refusal.id
}

export async function planOf(useCases: UseCases, roleName: string): Promise<RolePlan> {
  const [plan] = granted(await useCases.plan([roleName])).roles
  if (plan === undefined) throw new Error(`no plan for ${roleName}`)
  return plan
}

export async function applyNext(useCases: UseCases, roleName: string, options?: ChangeOptions) {
  return useCases.apply(await planOf(useCases, roleName), null, options)
}

/** Writes of the call log, in order. */
export const writesOf = (sandbox: Sandbox): string[] =>
  sandbox.callLog
    .map(({ operation }) => operation)
    .filter((operation) => /^(Put|Delete|Create|Attach|Detach|Set|Update|Tag|Untag)/.test(operation))
