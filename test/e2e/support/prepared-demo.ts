import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { runCli } from './run-cli.ts'

/** A demo account with its first scan in the ledger, made once and copied by each scenario that starts from it. */
export type PreparedDemo = {
  readonly dataDir: string
  /** When `quarter-close-role` will next do what it does once a quarter, in milliseconds. */
  readonly quarterClose: number
  remove(): void
}

export async function prepareDemo(): Promise<PreparedDemo> {
  const home = mkdtempSync(join(tmpdir(), 'zt-tui-prepared-'))
  const { code, stderr } = await runCli(['scan', '--demo'], home)
  if (code !== 0) throw new Error(`the demo could not be prepared: ${stderr}`)
  const dataDir = join(home, 'data')
  return {
    dataDir,
    quarterClose: nextQuarterClose(join(dataDir, 'demo.sqlite')),
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

function nextQuarterClose(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true })
  const habit = database
    .prepare("SELECT last_used AS last, every_seconds AS every FROM usage WHERE action = 'rds:CopyDBSnapshot' AND every_seconds > 8000000")
    .get()
  database.close()
  return Date.parse(String(habit?.last)) + Number(habit?.every) * 1000
}
