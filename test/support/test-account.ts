import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { RoleState } from '../../src/account/role-state.ts'
import type { AppContext } from '../../src/app/context.ts'
import { createUseCases } from '../../src/app/create-use-cases.ts'
import type { ChangeOptions, Outcome, UseCases } from '../../src/app/use-cases.ts'
import { createAccountReader } from '../../src/aws/account-reader.ts'
import { createAwsClients } from '../../src/aws/clients.ts'
import { createEvidenceReader } from '../../src/aws/evidence-reader.ts'
import { createLiveReader } from '../../src/aws/live-reader.ts'
import { createRoleWriter } from '../../src/aws/role-writer.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import { loadCatalog } from '../../src/policy/catalog.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import { type FaultHook, openSandbox, type Sandbox, type SandboxFixture } from '../../src/sandbox/index.ts'

const EPOCH = Date.parse('2026-11-02T09:00:00Z')
const catalog = loadCatalog()

/** An embedded account, a ledger on disk and the real use cases over both, on a clock that only sleeping moves. */
export type TestAccount = {
  readonly useCases: UseCases
  readonly sandbox: Sandbox
  readonly ledger: Ledger
  readonly dataDir: string
  readonly clock: Clock & { advance(ms: number): void }
  /** The faults of the calls from now on. */
  setFaults(hook: FaultHook | null): void
  roleState(roleName: string): Promise<RoleState | null>
  /** The same account and ledger as the next process finds them. */
  restart(changes?: Partial<AppContext>): UseCases
}

export async function testAccount(
  fixture: SandboxFixture,
  changes: (ledger: Ledger) => Partial<AppContext> = () => ({}),
): Promise<TestAccount> {
  let time = EPOCH
  const clock = {
    now: () => new Date(time),
    advance: (ms: number) => {
      time += ms
    },
    sleep: async (ms: number) => {
      time += ms
    },
  }
  let faults: FaultHook | null = null
  const sandbox = openSandbox({ database: ':memory:', now: clock.now, fixture, faults: (call) => faults?.(call) ?? null })
  const dataDir = mkdtempSync(join(tmpdir(), 'zt-tui-app-'))
  const ledger = openLedger({ dataDir, restoreOut: null })
  const clients = createAwsClients({
    requestHandler: sandbox.requestHandler,
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'x' },
    region: 'us-east-1',
  })
  const live = createLiveReader(clients)
  let ids = 0
  const context: AppContext = {
    mode: 'demo',
    accountKey: 'demo',
    accountLabel: 'test',
    dataDir,
    window: 90,
    minAge: 90,
    settleMs: 0,
    lockWaitMs: 0,
    clock,
    catalog,
    ledger,
    accounts: createAccountReader(clients),
    evidence: createEvidenceReader(clients),
    live,
    writer: createRoleWriter(clients),
    caller: await live.caller(),
    newId: () => `id-${String(++ids).padStart(3, '0')}`,
  }
  onTestFinished(() => {
    clients.destroy()
    ledger.close()
    sandbox.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return {
    useCases: createUseCases({ ...context, ...changes(ledger) }),
    sandbox,
    ledger,
    dataDir,
    clock,
    setFaults: (hook) => {
      faults = hook
    },
    roleState: (roleName) => live.roleState(roleName),
    restart: (again = {}) => createUseCases({ ...context, ...again }),
  }
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
