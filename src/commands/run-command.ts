import { appendFileSync } from 'node:fs'
import { clean } from '../words/clean.ts'
import { jsonPieces } from '../words/json-text.ts'
import type { CommandContext } from './command.ts'
import { type FailureReport, failureReport, refusalReport } from './failure-lines.ts'
import type { Host, Workspace } from './host.ts'
import type { ParsedCommand } from './parse-command-line.ts'
import { watchSignals } from './signals.ts'
import type { Terminal } from './terminal.ts'
import { workspaceOptions } from './workspace-options.ts'

type Surroundings = { readonly host: Host; readonly terminal: Terminal }

/** Runs a command between the opening and the closing of what it needs, and makes lines and exit codes of what goes wrong. */
export async function runCommand({ command, values, args }: ParsedCommand, { host, terminal }: Surroundings): Promise<number> {
  const options = workspaceOptions(values, command.writes === true)
  const door = await host.loadDoor()
  let workspace: Promise<Workspace> | null = null
  let changeBegan = false
  const signals = watchSignals(() => {
    if (changeBegan) terminal.note('Stopping after this operation; once more to stop at once.')
  })
  const context: CommandContext = {
    args,
    signal: signals.signal,
    isInteractive: terminal.isInteractive,
    host,
    door,
    openWorkspace() {
      workspace ??= door.openWorkspace(options)
      return workspace
    },
    openForScreens() {
      workspace ??= door.openForScreens(options)
      return workspace
    },
    openDemo() {
      workspace = door.openForScreens({ ...options, demo: true, profile: null, endpointUrl: null })
      return workspace
    },
    print: terminal.print,
    printJson(value) {
      for (const piece of jsonPieces(value)) terminal.print(piece)
    },
    note: terminal.note,
    progress: terminal.progress,
    ask: (question) => terminal.ask(question, signals.signal),
    refuse: (refusal) => terminal.tell(refusalReport(refusal)),
    leaveSignals: signals.stop,
    markChangeBegan() {
      changeBegan = true
    },
  }
  try {
    const code = await command.run(values, context)
    return signals.exitCode() ?? code
  } catch (error) {
    const stopped = signals.exitCode()
    if (stopped !== null && !changeBegan) return stopped
    return terminal.tell(failureReport(error, changeBegan) ?? bugReport(error, { changeBegan, debugLog: values.debugLog }))
  } finally {
    signals.stop()
    await closeQuietly(workspace)
  }
}

type BugPlace = { readonly changeBegan: boolean; readonly debugLog: string | null }

/** A bug may have stopped a change in its middle: then it is interrupted. Never a stack trace. */
function bugReport(error: unknown, { changeBegan, debugLog }: BugPlace): FailureReport {
  const message = error instanceof Error ? error.message : String(error)
  if (debugLog !== null) keepStack(error, debugLog)
  const advice = 'This is a bug; the ledger is safe. `zt-tui recover` shows whether a change is open, --debug-log FILE keeps the details.'
  return { code: changeBegan ? 5 : 3, lines: [`zt-tui has failed: ${clean(message)}`, advice] }
}

function keepStack(error: unknown, debugLog: string): void {
  try {
    appendFileSync(debugLog, `${error instanceof Error ? error.stack : String(error)}\n`, { mode: 0o600 })
  } catch {
    // The failure itself is told; a log that cannot be written adds nothing to it.
  }
}

async function closeQuietly(workspace: Promise<Workspace> | null): Promise<void> {
  try {
    const opened = await workspace
    opened?.close()
  } catch {
    // What went wrong when it was opened has been told already.
  }
}
