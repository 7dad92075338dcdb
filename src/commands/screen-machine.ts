import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '../app/use-cases.ts'
import type { PreferenceRow, ReadPreferences, SetPreference } from '../ports/preferences.ts'
import { writeWholeFile } from './write-whole-file.ts'

type Page = { readonly name: string; readonly text: string }

/** What the machine does for the screens: files, other programs, preferences. */
export type ScreenMachine = {
  readonly save: (name: string, text: string) => string
  readonly setPreference: (key: string, value: string) => Promise<Outcome<readonly PreferenceRow[]>>
  readonly runProgram: (program: 'pager' | 'editor', page: Page) => Promise<string | null>
  readonly preferences: readonly PreferenceRow[]
  readonly preferenceProblem: string | null
}

type Means = {
  readonly dataDir: string
  readonly env: NodeJS.ProcessEnv
  readonly set: (key: string, text: string) => Promise<SetPreference>
  readonly read: () => readonly PreferenceRow[]
}

/** Names come from the account: as a file name only what is harmless in a shell and on every disk. */
const fileName = (name: string): string => name.replaceAll(/[^\w.+@=-]+/g, '_').slice(0, 120)

export function screenMachine(
  { rows, problem }: ReadPreferences & { readonly rows: readonly PreferenceRow[] },
  { dataDir, env, set, read }: Means,
): ScreenMachine {
  return {
    save(name, text) {
      const folder = join(dataDir, 'exports')
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
      const file = join(folder, fileName(`${stamp}-${name}`))
      writeWholeFile(file, [text])
      return file
    },
    async setPreference(key, text) {
      const conflict = key === 'keys' ? await keysProblem(text) : null
      if (conflict !== null) return refused(conflict)
      const done = await set(key, text)
      return done.ok ? { ok: true, value: read() } : refused(done.problem)
    },
    runProgram: async (program, page) => handOver(program === 'pager' ? env.PAGER || 'less' : env.VISUAL || env.EDITOR || 'vi', page, env),
    preferences: rows,
    preferenceProblem: problem,
  }
}

const refused = (message: string) => ({ ok: false, refusal: { code: 2, id: 'preference', message, hint: null } }) as const

async function keysProblem(text: string): Promise<string | null> {
  const { keyBindingProblem } = await import('../ui/check-bindings.ts')
  return keyBindingProblem(text)
}

/**
 * `$PAGER` may hold options, so a shell reads it; the file's path is handed over beside it and read by nobody but the program.
 * This process stands still meanwhile: one read of its own that is still under way would take the first key from the program.
 */
function handOver(command: string, { name, text }: Page, env: NodeJS.ProcessEnv): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'zt-tui-'))
  const file = join(folder, fileName(name))
  try {
    writeFileSync(file, text, { mode: 0o600 })
    const { status, error } = spawnSync('/bin/sh', ['-c', `${command} "$1"`, 'sh', file], { stdio: 'inherit', env: { LESS: '-R', ...env } })
    if (error !== undefined) return `${command}: ${error.message}`
    return status === 127 ? `${command} was not found.` : null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
