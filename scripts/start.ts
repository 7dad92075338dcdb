/** `npm start -- ARGS`: builds when `dist/` is missing or old, then runs it as the user would. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './ensure-built.ts'

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))

await ensureBuilt()

const child = spawn(process.execPath, [cli, ...process.argv.slice(2)], { stdio: 'inherit' })

// The terminal sends its own signals to the whole group, so the child has them already; one sent to this process alone
// is passed on. A second SIGINT means "at once" to the child, so it is never doubled.
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
process.on('SIGINT', () => {
  if (!process.stdin.isTTY) child.kill('SIGINT')
})

child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0)
})
