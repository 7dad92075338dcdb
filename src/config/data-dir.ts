import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import envPaths from 'env-paths'
import { LedgerFailure } from '../ports/ledger-failure.ts'

/** `--data-dir`, else `ZT_TUI_HOME`, else the platform's place for application data. Absolute. */
export function dataDirectory(option: string | null, env: Readonly<Record<string, string | undefined>>): string {
  return resolve(option || env.ZT_TUI_HOME || envPaths('zt-tui', { suffix: '' }).data)
}

/** Creates it and its parents for the owner alone; one that exists keeps its rights. */
export function createDataDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
  } catch (error) {
    const why = error instanceof Error ? Reflect.get(error, 'code') : error
    throw new LedgerFailure(`The data directory ${directory} cannot be made (${String(why)}): use another --data-dir.`, { cause: error })
  }
}
