import type { RoleState } from '../../src/account/role-state.ts'
import type { AppContext } from '../../src/app/context.ts'
import { createUseCases } from '../../src/app/create-use-cases.ts'
import type { UseCases } from '../../src/app/use-cases.ts'
import { createAccountReader } from '../../src/aws/account-reader.ts'
import { createAwsClients } from '../../src/aws/clients.ts'
import { createDenialReader } from '../../src/aws/denial-reader.ts'
import { createEvidenceReader } from '../../src/aws/evidence-reader.ts'
import { createLiveReader } from '../../src/aws/live-reader.ts'
import { createObservationReader } from '../../src/aws/observation-reader.ts'
import { createRoleWriter } from '../../src/aws/role-writer.ts'
import { loadCatalog } from '../../src/policy/catalog.ts'
import type { LiveReader, RoleWriter } from '../../src/ports/aws.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import { type FaultHook, openSandbox, type Sandbox, type SandboxFixture } from '../../src/sandbox/index.ts'

const EPOCH = Date.parse('2026-11-02T09:00:00Z')
const catalog = loadCatalog()

/** One embedded account in memory with the real use cases in front of it, on a clock that only sleeping moves. */
export type Lab = {
  readonly sandbox: Sandbox
  readonly clock: Clock & { advance(ms: number): void }
  setFaults(hook: FaultHook | null): void
  roleState(roleName: string): Promise<RoleState | null>
  readonly live: LiveReader
  /** The hands of another admin. */
  readonly writer: RoleWriter
  /** The use cases as one process has them: over this ledger, or over what a test makes of it. */
  process(changes?: Partial<AppContext>): UseCases
  close(): void
}

export type LabOptions = {
  /** What fills an empty account. */
  readonly fixture?: SandboxFixture
  /** Default: in memory. */
  readonly database?: string
  readonly ledger: Ledger
  /** Labs may share a ledger when each has a key of its own. */
  readonly accountKey: string
  readonly dataDir: string
}

export async function openLab({ fixture, database = ':memory:', ledger, accountKey, dataDir }: LabOptions): Promise<Lab> {
  let time = EPOCH
  let faults: FaultHook | null = null
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
  const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }
  const clients = createAwsClients({ requestHandler: sandbox.requestHandler, credentials, region: 'us-east-1' })
  const live = createLiveReader(clients)
  const writer = createRoleWriter(clients)
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
    catalog,
    ledger,
    accounts: createAccountReader(clients),
    evidence: createEvidenceReader(clients, { now: clock.now }),
    observations: createObservationReader(clients),
    denials: createDenialReader(clients, { partition: 'aws', calledActions: () => [] }),
    soakMs: 86_400_000,
    live,
    writer,
    caller: await live.caller(),
    guardLists: () => ({ lists: { protectedRoles: [], crownJewels: [], changeWindows: [], rehearsal: [] }, problem: null }),
    infrastructure: new Map(),
    newId: () => `${accountKey}-${process.pid}-${String(++ids).padStart(3, '0')}`,
  }
  return {
    sandbox,
    clock,
    setFaults: (hook) => {
      faults = hook
    },
    live,
    writer,
    roleState: (roleName) => live.roleState(roleName),
    process: (changes = {}) => createUseCases({ ...context, ...changes }),
    close() {
      clients.destroy()
      sandbox.close()
    },
  }
}
