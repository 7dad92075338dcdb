import type { WorkspaceOptions } from '../app/options.ts'
import type { UseCases } from '../app/use-cases.ts'
import type { PlanFile } from '../plan/plan.ts'
import type { PreferenceRow, ReadPreferences, SetPreference } from '../ports/preferences.ts'
import type { ScreenMachine } from './screen-machine.ts'

export type Workspace = UseCases

/** What the composition root offers to the commands. */
export type WorkspaceDoor = {
  openWorkspace(options: WorkspaceOptions): Promise<Workspace>
  /** The same for the screens: the newest scan that the ledger knows is there before the account is opened. */
  openForScreens(options: WorkspaceOptions): Promise<Workspace>
  /** Reads and checks a file that `plan --out` wrote. Throws `InputFailure`. */
  readPlanFile(file: string): Promise<PlanFile>
  readPreferences(dataDir: string | null): ReadPreferences & { readonly rows: readonly PreferenceRow[] }
  setPreference(dataDir: string | null, key: string, text: string): Promise<SetPreference>
  /** Serves an embedded account to clients of this machine. */
  serveDemo(options: ServedAccount): Promise<{ readonly url: string; close(): Promise<void> }>
  /** Makes the demo account anew and archives what the ledger holds of the old one. */
  resetDemoAccount(options: Pick<WorkspaceOptions, 'dataDir'>): Promise<void>
}

/** The demo account of the data directory, or with a seed or a number of roles a fresh one in memory. */
export type ServedAccount = Pick<WorkspaceOptions, 'dataDir'> & {
  readonly port: number
  readonly seed: number | null
  readonly roles: number | null
  /** Milliseconds. */
  readonly latency: number | null
  readonly faults: string | null
}

export type ScreenOptions = {
  readonly role: string | null
  readonly filter: string | null
  readonly screen: string | null
  readonly ascii: boolean
  readonly noColor: boolean
  readonly linear: boolean
  readonly lang: 'en' | 'ja'
  /** The options that opened the account, for command lines to copy. */
  readonly accountArgs: readonly string[]
  readonly machine: ScreenMachine
}

export type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean }
export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }

/** The machine as a command line finds it; tests give their own. */
export type Host = {
  readonly stdin: InputStream
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly env: NodeJS.ProcessEnv
  loadDoor(): Promise<WorkspaceDoor>
  /** Runs the screens until the user leaves. Gives the exit code. */
  startScreens(useCases: Workspace, options: ScreenOptions): Promise<number>
}
