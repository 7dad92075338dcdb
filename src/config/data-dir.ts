import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import envPaths from 'env-paths'
import { InputFailure } from '../ports/input-failure.ts'

/** `--data-dir`, else `ZT_TUI_HOME`, else the platform's place for application data. Absolute. */
export function dataDirectory(option: string | null, env: Readonly<Record<string, string | undefined>>): string {
  return resolve(option || env.ZT_TUI_HOME || envPaths('zt-tui', { suffix: '' }).data)
}

/** Creates it and its parents for the owner alone; one that exists keeps its rights. Throws `InputFailure`. */
export function createDataDirectory(directory: string): void {
  try {
    makeFolders(directory)
  } catch (error) {
    const why = error instanceof Error ? Reflect.get(error, 'code') : error
    const message = `the data directory cannot be made (${String(why)}): use another --data-dir`
    throw new InputFailure({ file: directory, place: '', message, cause: error })
  }
}

/** Parents first. Node's own `recursive` never ends where a file system refuses new folders, as `/proc` does. */
function makeFolders(directory: string): void {
  if (existsSync(directory)) {
    mustBeFolder(directory)
    return
  }
  const parent = dirname(directory)
  if (parent !== directory) makeFolders(parent)
  try {
    mkdirSync(directory, { mode: 0o700 })
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(directory)) throw error
  }
}

function mustBeFolder(path: string): void {
  if (!statSync(path).isDirectory()) throw Object.assign(new Error(`${path} is a file`), { code: 'ENOTDIR' })
}
