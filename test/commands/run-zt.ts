import { PassThrough } from 'node:stream'
import type { WorkspaceOptions } from '../../src/app/options.ts'
import type { UseCases } from '../../src/app/use-cases.ts'
import type { Host, ScreenOptions, WorkspaceDoor } from '../../src/commands/host.ts'
import { run } from '../../src/commands/program.ts'
import { readPreferences } from '../../src/config/preferences.ts'
import { readPlanFile } from '../../src/ledger/read-plan-file.ts'
import { fakeUseCases } from './fake-workspace.ts'

export type Surroundings = {
  readonly useCases?: Partial<UseCases>
  /** Lines typed by a person; without them there is no terminal. */
  readonly typed?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly serveDemo?: WorkspaceDoor['serveDemo']
  readonly openWorkspace?: (options: WorkspaceOptions) => Promise<UseCases>
}

export type Run = {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** The use cases that were called, in order. */
  readonly calls: readonly string[]
  readonly opened: readonly WorkspaceOptions[]
  readonly screens: readonly ScreenOptions[]
}

const preferences = readPreferences('/nowhere').values

const asTerminal = <S extends object>(stream: S, isTTY: boolean): S & { isTTY: boolean } => Object.assign(stream, { isTTY })

/** Runs one command line in this process on use cases that only pretend. */
export async function runZt(line: string, given: Surroundings = {}): Promise<Run> {
  const { useCases, calls, opened } = fakeUseCases(given.useCases)
  const screens: ScreenOptions[] = []
  const isTTY = given.typed !== undefined
  const written = { stdout: '', stderr: '' }
  const stdin = asTerminal(new PassThrough(), isTTY)
  const stdout = asTerminal(new PassThrough(), isTTY)
  const stderr = asTerminal(new PassThrough(), isTTY)
  const answers = [...(given.typed ?? [])]
  stdout.on('data', (chunk) => {
    written.stdout += String(chunk)
  })
  stderr.on('data', (chunk) => {
    written.stderr += String(chunk)
    // A person answers when asked.
    if (/(\] |: )$/.test(String(chunk))) {
      const answer = answers.shift()
      if (answer === undefined) stdin.end()
      else stdin.write(`${answer}\n`)
    }
  })
  const host: Host = {
    stdin,
    stdout,
    stderr,
    env: given.env ?? {},
    loadDoor: async () => ({
      readPlanFile: async (file) => readPlanFile(file),
      readPreferences: () => ({ file: '/data/preferences.json', values: preferences, problem: null, guardProblem: null, rows: [] }),
      setPreference: async () => ({ ok: true, values: preferences }),
      serveDemo: async (options) => {
        calls.push(`serve ${JSON.stringify(options)}`)
        return given.serveDemo?.(options) ?? { url: `http://127.0.0.1:${options.port}`, close: async () => undefined }
      },
      resetDemoAccount: async ({ dataDir }) => {
        calls.push(`reset ${dataDir}`)
      },
      openForScreens: async (options) => {
        opened.push(options)
        return given.openWorkspace ? given.openWorkspace(options) : useCases
      },
      openWorkspace: async (options) => {
        opened.push(options)
        return given.openWorkspace ? given.openWorkspace(options) : useCases
      },
    }),
    startScreens: async (_useCases, options) => {
      screens.push(options)
      return 0
    },
  }
  const code = await run(line.split(' ').filter(Boolean), host)
  return { code, ...written, calls, opened, screens }
}
