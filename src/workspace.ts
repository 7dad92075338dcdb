/**
 * The composition root: options in, a workspace out. It alone imports the edges and decides which of them the use cases get.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { lazyUseCases } from './app/lazy-use-cases.ts'
import type { WorkspaceOptions } from './app/options.ts'
import type { UseCases } from './app/use-cases.ts'
import type { ScanView } from './app/views.ts'
import { createDataDirectory, dataDirectory } from './config/data-dir.ts'
import { readGuardLists } from './config/preferences.ts'
import { openLedger } from './ledger/open-ledger.ts'
import type { PlanFile } from './plan/plan.ts'
import type { Arn } from './policy/names.ts'
import { clockFrom, newId } from './workspace/clock.ts'
import { DEMO_FILE, DEMO_KEY } from './workspace/demo-account.ts'
import { openAccount } from './workspace/open-account.ts'

export { resetDemoAccount, serveDemo } from './workspace/demo-account.ts'
export { readPreferences, setPreference } from './workspace/preferences.ts'

export type Workspace = UseCases

/** CloudTrail tells of a denial within minutes, at times within hours. */
const SOAK_HOURS = 24

/** Opens the account that the options name. Throws `AwsFailure`, `InputFailure` or `LedgerFailure`, each with one line for people. */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const dataDir = dataDirectory(options.dataDir, process.env)
  const clock = clockFrom(options.now)
  const { createUseCases, loadCatalog, createCalledActions } = await loadCore()
  const catalog = loadCatalog()
  const infrastructure = await rolesInCode(options.iacState)
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
    guardLists: () => readGuardLists(dataDir),
    infrastructure,
    newId: () => newId(clock),
  })
  return {
    ...useCases,
    close() {
      useCases.close()
      account.close()
    },
  }
}

async function rolesInCode(stateFile: string | null): Promise<ReadonlyMap<Arn, string>> {
  return stateFile === null ? new Map() : (await import('./aws/terraform-state.ts')).readTerraformState(stateFile)
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
