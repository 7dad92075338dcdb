/** The embedded account: opened for a run, served to other clients, made anew. */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { WorkspaceOptions } from '../app/options.ts'
import { createDataDirectory, dataDirectory } from '../config/data-dir.ts'
import type { Clock } from '../ports/clock.ts'
import { InputFailure } from '../ports/input-failure.ts'
import { LedgerFailure } from '../ports/ledger-failure.ts'
import type { FaultHook, Sandbox, SandboxOptions } from '../sandbox/index.ts'
import { clockFrom } from './clock.ts'

export const DEMO_FILE = 'demo.sqlite'
export const DEMO_KEY = 'demo'

export async function openDemoSandbox(database: string, clock: Clock, more: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const { openSandbox, SandboxUnusable } = await import('../sandbox/index.ts')
  try {
    return openSandbox({ ...more, database, now: () => clock.now() })
  } catch (error) {
    if (error instanceof SandboxUnusable) throw new InputFailure({ file: database, place: '', message: error.message, cause: error })
    const trouble = diskTrouble(error)
    if (trouble !== null)
      throw new LedgerFailure(`The demo account ${database} cannot be used: ${trouble}. Nothing was changed.`, { cause: error })
    if (!isSqliteError(error)) throw error
    const message = 'cannot be used as the demo account; renew it with: zt-tui demo reset'
    throw new InputFailure({ file: database, place: '', message: `${message} (${error.message})`, cause: error })
  }
}

const NOT_WRITABLE = 'make it and its directory writable for you, or use another --data-dir'
const DISK_IS_FULL = 'the disk is full or fails, free some space and try again'

/** What no new demo account would mend, by SQLite's primary result code (https://sqlite.org/rescode.html) or the system's. */
const DISK_TROUBLES: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [8, NOT_WRITABLE],
  [10, DISK_IS_FULL],
  [13, DISK_IS_FULL],
  [14, NOT_WRITABLE],
  [23, NOT_WRITABLE],
  ['EACCES', NOT_WRITABLE],
  ['EPERM', NOT_WRITABLE],
  ['EROFS', NOT_WRITABLE],
  ['ENOSPC', DISK_IS_FULL],
  ['EDQUOT', DISK_IS_FULL],
])

function diskTrouble(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const result: unknown = Reflect.get(error, 'errcode')
  return DISK_TROUBLES.get(typeof result === 'number' ? result & 0xff : Reflect.get(error, 'code')) ?? null
}

const isSqliteError = (error: unknown): error is Error => error instanceof Error && Reflect.get(error, 'code') === 'ERR_SQLITE_ERROR'

/** Renews the demo account. What the ledger holds of the old one stays, filed under a key of its own. */
export async function resetDemoAccount(options: Pick<WorkspaceOptions, 'dataDir'>): Promise<void> {
  const { resetDemo } = await import('../sandbox/index.ts')
  const { archiveAccount } = await import('../ledger/archive-account.ts')
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
  const { serveSandbox } = await import('../sandbox/index.ts')
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
  const { FaultFileProblem, parseFaultFile, scriptedFaults } = await import('../sandbox/index.ts')
  try {
    return scriptedFaults(parseFaultFile(await readFile(file, 'utf8')))
  } catch (error) {
    const place = error instanceof FaultFileProblem ? error.place : ''
    const message = error instanceof FaultFileProblem ? error.message : 'cannot be read'
    throw new InputFailure({ file, place, message, cause: error })
  }
}
