import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Makes the entries of a folder durable. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Creates a folder with its parents for the owner alone, durably: each new folder is an entry of the one above it. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let created = resolve(folder); ; created = dirname(created)) {
    syncFolder(dirname(created))
    if (created === resolve(first) || created === dirname(created)) return
  }
}

/** Written beside and renamed, so a reader sees the old file or the new one; on disk when this returns. */
export function writeDurably(file: string, text: string, mode: number): void {
  const beside = `${file}.${process.pid}`
  makeFolder(dirname(file))
  const handle = openSync(beside, 'w', mode)
  try {
    writeFileSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(beside, file)
  syncFolder(dirname(file))
}

/**
 * Creates an empty file for the owner alone, before SQLite would do it with the usual rights. One that exists is not even
 * opened: to close it again would drop every lock that this process holds on it (a rule of POSIX).
 */
export function makePrivateFile(file: string): void {
  makeFolder(dirname(file))
  if (existsSync(file)) return
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    // Another process was faster.
    if (!existsSync(file)) throw error
  }
  syncFolder(dirname(file))
}
