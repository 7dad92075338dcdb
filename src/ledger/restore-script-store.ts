import { isAbsolute, join, normalize } from 'node:path'
import { LedgerFailure } from '../ports/ledger-failure.ts'
import { writeDurably } from './durable-file.ts'
import { asLedgerFailure } from './sqlite-failure.ts'

export type RestoreFolders = { readonly dataDir: string; readonly restoreOut: string | null }

/**
 * Writes the files of a restore script to `restore/CHANGE` of the data directory, and to `CHANGE` below `restoreOut` where one
 * is given. When this returns, files and directory entries are on disk. Gives the path of the shell script.
 */
export function saveRestoreScript(folders: RestoreFolders, changeId: string, files: ReadonlyMap<string, string>): string {
  const home = saveFolder(folders, 'restore', { name: changeId, files })
  const script = [...files.keys()].find((name) => name.endsWith('.sh'))
  return script === undefined ? home : join(home, script)
}

/** The same for a patch: below `patches` of the data directory. Gives the path of the folder. */
export const savePatch = (folders: RestoreFolders, name: string, files: ReadonlyMap<string, string>): string =>
  saveFolder(folders, 'patches', { name, files })

type Folder = { readonly name: string; readonly files: ReadonlyMap<string, string> }

function saveFolder({ dataDir, restoreOut }: RestoreFolders, shelf: 'restore' | 'patches', { name, files }: Folder): string {
  if (!/^[\w.-]+$/.test(name) || /^\.+$/.test(name)) throw new LedgerFailure(`${name} is no name for a folder of the data directory.`)
  const home = join(dataDir, shelf, name)
  writeFiles(home, files)
  if (restoreOut !== null) writeFiles(join(restoreOut, name), files)
  return home
}

function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  try {
    for (const [name, text] of files) writeDurably(join(folder, placeInside(name)), text, name.endsWith('.sh') ? 0o700 : 0o600)
  } catch (error) {
    throw asLedgerFailure(error, folder)
  }
}

function placeInside(name: string): string {
  const place = normalize(name)
  if (isAbsolute(place) || place.startsWith('..')) throw new LedgerFailure(`${name} is no place inside a restore script's folder.`)
  return place
}
