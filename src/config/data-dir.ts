import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import envPaths from 'env-paths'
import { InputFailure } from '../ports/input-failure.ts'

/** `--data-dir`, else `ZT_TUI_HOME`, else the platform's place for application data. Absolute. */
export function dataDirectory(option: string | null, env: Readonly<Record<string, string | undefined>>): string {
  return resolve(option || env.ZT_TUI_HOME || envPaths('zt-tui', { suffix: '' }).data)
}

/**
 * Creates it and its parents for the owner alone. One that holds a ledger is ours and is closed to others; any other that exists
 * keeps its rights, since it may be a home or a shared folder. Throws `InputFailure`.
 */
export function createDataDirectory(directory: string): void {
  try {
    makeFolders(directory)
    if (isOpenToOthers(directory)) chmodSync(directory, 0o700)
  } catch (error) {
    const why = error instanceof Error ? Reflect.get(error, 'code') : error
    const message = `the data directory cannot be made or closed to others (${String(why)}): use another --data-dir`
    throw new InputFailure({ file: directory, place: '', message, cause: error })
  }
}

const STICKY = 0o1000

function isOpenToOthers(directory: string): boolean {
  const { mode, uid } = statSync(directory)
  const isMine = process.getuid === undefined || uid === process.getuid()
  return (
    process.platform !== 'win32' && isMine && (mode & 0o077) !== 0 && (mode & STICKY) === 0 && existsSync(join(directory, 'ledger.sqlite'))
  )
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
