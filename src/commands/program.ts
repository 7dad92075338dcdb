import manifest from '../../package.json' with { type: 'json' }
import { commands, defaultCommand } from './command-list.ts'
import { failureReport } from './failure-lines.ts'
import type { Host } from './host.ts'
import { parseCommandLine } from './parse-command-line.ts'
import { processHost } from './process-host.ts'
import { runCommand } from './run-command.ts'
import { openTerminal } from './terminal.ts'

/** Runs one command line and gives the exit code of contract.md. Everything written has left when it returns. */
export async function run(argv: readonly string[], host: Host = processHost): Promise<number> {
  const terminal = openTerminal(host)
  try {
    const line = parseCommandLine(argv, { commands, defaultCommand, version: manifest.version })
    if (line.kind === 'command') return await runCommand(line, { host, terminal })
    terminal.print(line.text)
    return 0
  } catch (error) {
    const failure = failureReport(error, false)
    if (failure === null) throw error
    return terminal.tell(failure)
  } finally {
    await terminal.flush()
  }
}
