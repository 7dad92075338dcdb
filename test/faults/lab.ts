import type { RoleState } from '../../src/account/role-state.ts'
import type { AppContext } from '../../src/app/context.ts'
import { createUseCases } from '../../src/app/create-use-cases.ts'
import type { UseCases } from '../../src/app/use-cases.ts'
import { type Catalog, loadCatalog } from '../../src/policy/catalog.ts'
import type { Caller, LiveReader, RoleWriter } from '../../src/ports/aws.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import { type FaultHook, openSandbox, type Sandbox, type SandboxFixture } from '../../src/sandbox/index.ts'
import { openWires, type Wires } from './wires.ts'

const EPOCH = Date.parse('2026-11-02T09:00:00Z')
const wholeCatalog = loadCatalog()

/** What the client sees in place of a connection that ended without an answer. */
export type LostAnswer = (error: unknown) => unknown

/** One embedded account with the real use cases in front of it, on a clock that only sleeping moves. */
export type Lab = {
  readonly sandbox: Sandbox
  readonly clock: Clock & { advance(ms: number): void }
  setFaults(hook: FaultHook | null, lost?: LostAnswer): void
  roleState(roleName: string): Promise<RoleState | null>
  readonly caller: Caller
  readonly live: LiveReader
  /** The hands of another admin. */
  readonly writer: RoleWriter
  /** The use cases as one process has them: over this ledger, or over what a test makes of it. */
  process(changes?: Partial<AppContext>): UseCases
  close(): void
}

export type LabOptions = {
  /** What fills an empty account. */
  readonly fixture?: SandboxFixture | undefined
  /** Default: in memory. */
  readonly database?: string
  readonly ledger: Ledger
  /** Labs may share a ledger when each has a key of its own. */
  readonly accountKey: string
  readonly dataDir: string
  /** Default: a set of its own, which ends with the lab. */
  readonly wires?: Wires | undefined
  /** Default: asked of the account. */
  readonly caller?: Caller | undefined
  readonly catalog?: Catalog | undefined
}

export async function openLab(options: LabOptions): Promise<Lab> {
  const { fixture, database = ':memory:', ledger, accountKey, dataDir } = options
  let time = EPOCH
  let faults: FaultHook | null = null
  let lostAnswer: LostAnswer = (error) => error
  let ids = 0
  const clock = {
    now: () => new Date(time),
    advance: (ms: number) => {
      time += ms
    },
    sleep: async (ms: number) => {
      time += ms
    },
  }
  const sandbox = openSandbox({ database, now: clock.now, fixture, faults: (call) => faults?.(call) ?? null })
  const wires = options.wires ?? openWires()
  wires.plug(async (request, handling) => {
    try {
      return await sandbox.requestHandler.handle(request, handling)
    } catch (error) {
      throw lostAnswer(error)
    }
  }, clock.now)
  const { live, writer, accounts, evidence, observations, denials, advice } = wires
  const caller = options.caller ?? (await live.caller())
  const context: AppContext = {
    mode: 'demo',
    accountKey,
    accountLabel: 'test',
    dataDir,
    window: 90,
    minAge: 90,
    settleMs: 0,
    lockWaitMs: 0,
    clock,
    catalog: options.catalog ?? wholeCatalog,
    ledger,
    accounts,
    evidence,
    observations,
    denials,
    advice,
    soakMs: 86_400_000,
    live,
    writer,
    caller,
    guardLists: () => ({ lists: { protectedRoles: [], crownJewels: [], changeWindows: [], rehearsal: [] }, problem: null }),
    infrastructure: new Map(),
    newId: () => `${accountKey}-${process.pid}-${String(++ids).padStart(3, '0')}`,
  }
  return {
    sandbox,
    clock,
    setFaults(hook, lost = (error) => error) {
      faults = hook
      lostAnswer = lost
    },
    caller,
    live,
    writer,
    roleState: (roleName) => live.roleState(roleName),
    process: (changes = {}) => createUseCases({ ...context, ...changes }),
    close() {
      if (options.wires === undefined) wires.close()
      sandbox.close()
    },
  }
}
