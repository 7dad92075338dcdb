/**
 * The composition root: options in, a workspace out. It alone imports the edges and decides which of them the use cases get.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { AppContext } from './app/context.ts'
import { lazyUseCases } from './app/lazy-use-cases.ts'
import type { WorkspaceOptions } from './app/options.ts'
import type { UseCases } from './app/use-cases.ts'
import type { ScanView } from './app/views.ts'
import { withPreferences } from './app/with-preferences.ts'
import { createDataDirectory, dataDirectory } from './config/data-dir.ts'
import {
  aboutPreference,
  preferenceKeys,
  preferenceText,
  readPreferences as readPreferenceFile,
  setPreference as setPreferenceIn,
} from './config/preferences.ts'
import type { CalledActions } from './evidence/called-actions.ts'
import { openLedger } from './ledger/open-ledger.ts'
import type { PlanFile } from './plan/plan.ts'
import type { Clock } from './ports/clock.ts'
import { InputFailure } from './ports/input-failure.ts'
import type { FaultHook, Sandbox, SandboxOptions } from './sandbox/index.ts'

export type Workspace = UseCases

const DEMO_FILE = 'demo.sqlite'
const DEMO_KEY = 'demo'
/** CloudTrail tells of a denial within minutes, at times within hours. */
const SOAK_HOURS = 24
/** Between the halves of a change, on AWS: enforcement lags behind writes. */
const SETTLE_SECONDS = 60

/** Opens the account that the options name. Throws `AwsFailure`, `InputFailure` or `LedgerFailure`, each with one line for people. */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const dataDir = dataDirectory(options.dataDir, process.env)
  const clock = clockFrom(options.now)
  const { createUseCases, loadCatalog, createCalledActions } = await loadCore()
  const catalog = loadCatalog()
  const account = await openAccount(options, { dataDir, clock, calledActions: createCalledActions(catalog) })
  createDataDirectory(dataDir)
  const ledger = openLedger({ dataDir, restoreOut: options.restoreOut })
  const useCases = createUseCases({
    ...account,
    dataDir,
    window: options.window,
    minAge: options.minAge,
    lockWaitMs: options.lockWait * 1000,
    soakMs: SOAK_HOURS * 3_600_000,
    clock,
    catalog,
    ledger,
    newId: () => newId(clock),
  })
  const { values } = readPreferenceFile(dataDir)
  return {
    ...withPreferences(useCases, values),
    close() {
      useCases.close()
      account.close()
    },
  }
}

/** The catalog and the core take longer to load than a person takes to press a key: not before they are needed. */
async function loadCore() {
  const [useCases, catalog, calledActions] = await Promise.all([
    import('./app/create-use-cases.ts'),
    import('./policy/catalog.ts'),
    import('./evidence/called-actions.ts'),
  ])
  return { ...useCases, ...catalog, ...calledActions }
}

/** The same for the screens: where the ledger has a scan of the demo account, it is shown before the account is opened. */
export async function openForScreens(options: WorkspaceOptions): Promise<Workspace> {
  const dataDir = dataDirectory(options.dataDir, process.env)
  const stored = options.demo && options.now === null ? storedScan(dataDir) : null
  if (stored === null) return openWorkspace(options)
  const clock = clockFrom(null)
  const look = {
    mode: 'demo',
    readOnly: options.readOnly,
    window: options.window,
    dataDir,
    now: () => clock.now(),
    accountLabel: stored.accountId ?? DEMO_KEY,
    scan: stored,
  } as const
  return lazyUseCases(look, () => openWorkspace(options))
}

function storedScan(dataDir: string): ScanView | null {
  if (!existsSync(join(dataDir, DEMO_FILE))) return null
  const ledger = openLedger({ dataDir, restoreOut: null })
  try {
    const scan = ledger.lastScan(DEMO_KEY)
    // The payload is this program's own, written by `saveScan` in the session.
    return scan === null ? null : ((scan.payload as ScanView | undefined) ?? null)
  } finally {
    ledger.close()
  }
}

/** Reads and checks a file that `plan --out` wrote. */
export async function readPlanFile(file: string): Promise<PlanFile> {
  return (await import('./ledger/read-plan-file.ts')).readPlanFile(file)
}

/** Preferences of the data directory, as rows to show and as values. */
export function readPreferences(dataDir: string | null) {
  const { file, values, problem } = readPreferenceFile(dataDirectory(dataDir, process.env))
  const rows = preferenceKeys.map((key) => ({ key, value: preferenceText(values, key), about: aboutPreference(key) }))
  return { file, values, problem, rows }
}

/** Checks and writes one preference; empty text puts its default back. */
export async function setPreference(dataDir: string | null, key: string, text: string) {
  const directory = dataDirectory(dataDir, process.env)
  createDataDirectory(directory)
  return setPreferenceIn(directory, key, text)
}

/** Renews the demo account. What the ledger holds of the old one stays, filed under a key of its own. */
export async function resetDemoAccount(options: Pick<WorkspaceOptions, 'dataDir'>): Promise<void> {
  const { resetDemo } = await import('./sandbox/index.ts')
  const { archiveAccount } = await import('./ledger/archive-account.ts')
  const dataDir = dataDirectory(options.dataDir, process.env)
  resetDemo(join(dataDir, DEMO_FILE))
  archiveAccount({ dataDir, from: DEMO_KEY, to: `${DEMO_KEY}:until ${new Date().toISOString()}` })
}

type ServedAccount = Pick<WorkspaceOptions, 'dataDir'> & {
  readonly port: number
  readonly seed: number | null
  readonly roles: number | null
  readonly latency: number | null
  readonly faults: string | null
}

/** Serves an embedded account over HTTP to clients of this machine: the data directory's demo, or a fresh one in memory. */
export async function serveDemo({ dataDir, port, seed, roles, latency, faults }: ServedAccount) {
  const { serveSandbox } = await import('./sandbox/index.ts')
  const isFresh = seed !== null || roles !== null
  const file = isFresh ? ':memory:' : join(dataDirectory(dataDir, process.env), DEMO_FILE)
  const trouble = { latencyMs: latency ?? 0, faults: faults === null ? undefined : await faultsFrom(faults) }
  if (!isFresh) createDataDirectory(dirname(file))
  const sandbox = await openDemoSandbox(file, clockFrom(null), { ...trouble, seed: seed ?? undefined, roles: roles ?? undefined })
  const server = await serveSandbox(sandbox, { port })
  return {
    url: server.url,
    async close() {
      await server.close()
      sandbox.close()
    },
  }
}

async function faultsFrom(file: string): Promise<FaultHook> {
  const { FaultFileProblem, parseFaultFile, scriptedFaults } = await import('./sandbox/index.ts')
  try {
    return scriptedFaults(parseFaultFile(await readFile(file, 'utf8')))
  } catch (error) {
    const place = error instanceof FaultFileProblem ? error.place : ''
    const message = error instanceof FaultFileProblem ? error.message : 'cannot be read'
    throw new InputFailure({ file, place, message, cause: error })
  }
}

type OpenAccount = Pick<
  AppContext,
  'mode' | 'accountKey' | 'accountLabel' | 'accounts' | 'evidence' | 'observations' | 'denials' | 'live' | 'writer' | 'caller' | 'settleMs'
> & { close(): void }

/** What an account is opened with besides the options. */
type Means = { readonly dataDir: string; readonly clock: Clock; readonly calledActions: CalledActions }

function openAccount(options: WorkspaceOptions, means: Means): Promise<OpenAccount> {
  if (options.accountFile !== null) return openOffline(options.accountFile, options.usageFile, means)
  return options.demo ? openDemo(options, means) : openLive(options, means)
}

async function openOffline(accountFile: string, usageFile: string | null, { calledActions }: Means): Promise<OpenAccount> {
  const { readAccountFile } = await import('./aws/offline-account.ts')
  const { offlineObservations } = await import('./aws/offline-observations.ts')
  const { readUsageFile } = await import('./aws/offline-usage.ts')
  const noUsage = {
    byRole: new Map(),
    sources: [{ id: 'last-accessed', status: 'missing', why: 'no --usage-file was given', observedUntil: null }],
  } as const
  return {
    mode: 'offline',
    accountKey: `file:${await hashOf(accountFile)}`,
    accountLabel: accountFile,
    accounts: { readAccount: () => readAccountFile(accountFile) },
    evidence: { readEvidence: async (account) => (usageFile === null ? noUsage : readUsageFile(usageFile, account, calledActions)) },
    observations: offlineObservations(usageFile),
    denials: null,
    live: null,
    writer: null,
    caller: null,
    settleMs: 0,
    close() {},
  }
}

async function openDemo(options: WorkspaceOptions, means: Means): Promise<OpenAccount> {
  const { dataDir, clock } = means
  createDataDirectory(dataDir)
  const sandbox = await openDemoSandbox(join(dataDir, DEMO_FILE), clock)
  const { newestWrite } = sandbox
  if (newestWrite !== null && clock.now().getTime() < Date.parse(newestWrite)) {
    sandbox.close()
    throw new InputFailure({
      file: '--now',
      place: '',
      message: `the demo account was changed at ${newestWrite}: choose a later time, or renew it with: zt-tui demo reset`,
    })
  }
  const aws = {
    requestHandler: sandbox.requestHandler,
    credentials: { accessKeyId: 'AKIADEMODEMODEMODEMO', secretAccessKey: 'demo' },
    region: 'us-east-1',
  }
  const account = await openAws(options, aws, means)
  return {
    ...account,
    mode: 'demo',
    accountKey: DEMO_KEY,
    settleMs: (options.settle ?? 0) * 1000,
    close: () => [account.close(), sandbox.close()],
  }
}

async function openDemoSandbox(database: string, clock: Clock, more: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const { openSandbox, SandboxUnusable } = await import('./sandbox/index.ts')
  try {
    return openSandbox({ ...more, database, now: () => clock.now() })
  } catch (error) {
    if (error instanceof SandboxUnusable) throw new InputFailure({ file: database, place: '', message: error.message, cause: error })
    if (!isSqliteError(error)) throw error
    const message = 'cannot be used as the demo account; renew it with: zt-tui demo reset'
    throw new InputFailure({ file: database, place: '', message: `${message} (${error.message})`, cause: error })
  }
}

const isSqliteError = (error: unknown): error is Error => error instanceof Error && Reflect.get(error, 'code') === 'ERR_SQLITE_ERROR'

async function openLive(options: WorkspaceOptions, means: Means): Promise<OpenAccount> {
  const { profile, region, endpointUrl } = options
  return openAws(options, { profile, region, endpointUrl }, means)
}

type AwsOptions = Parameters<typeof import('./aws/clients.ts')['createAwsClients']>[0]

async function openAws(options: WorkspaceOptions, aws: AwsOptions, { calledActions }: Means): Promise<OpenAccount> {
  const [
    { createAwsClients },
    { createAccountReader },
    { createEvidenceReader },
    { createLiveReader },
    { createObservationReader },
    { createRoleWriter },
    { createDenialReader },
  ] = await Promise.all([
    import('./aws/clients.ts'),
    import('./aws/account-reader.ts'),
    import('./aws/evidence-reader.ts'),
    import('./aws/live-reader.ts'),
    import('./aws/observation-reader.ts'),
    import('./aws/role-writer.ts'),
    import('./aws/denial-reader.ts'),
  ])
  const clients = createAwsClients(aws)
  const live = createLiveReader(clients)
  const caller = await live.caller()
  const endpoint = await clients.endpoint()
  const at = endpoint === null ? '' : `@${endpoint}`
  return {
    mode: 'live',
    accountKey: `live:${caller.partition}:${caller.accountId}${at}`,
    accountLabel: `${caller.accountId} · ${caller.arn.split('/').at(-1) ?? caller.arn}`,
    accounts: createAccountReader(clients),
    evidence: createEvidenceReader(clients, calledActions),
    observations: createObservationReader(clients),
    denials: createDenialReader(clients, { partition: caller.partition, calledActions }),
    live,
    writer: options.readOnly ? null : createRoleWriter(clients),
    caller,
    settleMs: (options.settle ?? (isLoopback(endpoint) ? 0 : SETTLE_SECONDS)) * 1000,
    close: () => clients.destroy(),
  }
}

const isLoopback = (endpoint: string | null): boolean =>
  endpoint !== null && /^(127\.|localhost$|\[::1\]$)/.test(new URL(endpoint).hostname)

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(file), hash)
  } catch {
    // The reader of the file says what is wrong with it, in its own words.
  }
  return hash.digest('hex')
}

/** The wall clock, or one that starts at `--now` and runs on. */
function clockFrom(start: string | null): Clock {
  const shift = start === null ? 0 : Date.parse(start) - Date.now()
  return {
    now: () => new Date(Date.now() + shift),
    sleep: async (ms, signal) => {
      await wait(ms, undefined, signal === undefined ? {} : { signal })
    },
  }
}

/** Sorts by time and reads well: `20261121T103000Z-4f2a9c`. */
const newId = (clock: Clock): string =>
  `${clock
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`
