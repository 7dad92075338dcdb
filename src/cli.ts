#!/usr/bin/env node
/**
 * The first file that runs. An old Node must get through it as far as the line that names the version needed, so what is
 * built from it has no static imports, and everything newer is asked for after the check.
 */
import manifest from '../package.json' with { type: 'json' }

const needed = { major: 22, minor: 13 }

function isNodeTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < needed.major || (major === needed.major && minor < needed.minor)
}

/** The system's shared temporary directory, Node's default, is no place for code that runs with an admin's rights. */
function compileCacheDirectory(): string {
  const { env, platform, getBuiltinModule } = process
  const home = getBuiltinModule('node:os').homedir()
  const { join } = getBuiltinModule('node:path')
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'zt-tui', 'compile-cache')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'zt-tui', 'compile-cache')
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'zt-tui', 'compile-cache')
}

/** `node:sqlite` works in every version that `engines` allows, but announces itself as experimental. */
function hideSqliteWarning(): void {
  const emit = process.emitWarning as (...args: unknown[]) => void
  process.emitWarning = (...args: unknown[]) => {
    if (!String(args[0]).startsWith('SQLite is an experimental feature')) emit.apply(process, args)
  }
}

function start(): void {
  process.env.NODE_ENV = 'production'
  hideSqliteWarning()
  process.getBuiltinModule('node:module').enableCompileCache(compileCacheDirectory())
  import('./commands/program.ts')
    .then(({ run }) => run(process.argv.slice(2)))
    .then(
      (code) => process.exit(code),
      (error: unknown) => {
        process.stderr.write(`zt-tui has failed: ${error instanceof Error ? error.message : String(error)}\n`)
        process.exit(3)
      },
    )
}

if (isNodeTooOld(process.versions.node)) {
  process.stderr.write(`zt-tui needs Node.js ${needed.major}.${needed.minor} or newer; this is ${process.versions.node}.\n`)
  process.exitCode = 2
} else if (process.argv[2] === '--version' || process.argv[2] === '-V') {
  process.stdout.write(`${manifest.version}\n`)
} else {
  start()
}
