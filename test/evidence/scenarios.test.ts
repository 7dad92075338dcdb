/**
 * Raw AWS output as people save it, and what it says of each action: every file of `scenarios/` goes through the command line,
 * as `show app --account-file … --usage-file … --json`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWorkspace } from '../../src/workspace.ts'
import { runZt } from '../commands/run-zt.ts'
import { temporaryFolder } from '../ledger/temporary-folder.ts'

type Scenario = {
  readonly about: string
  readonly options?: string
  readonly expected: Readonly<Record<string, string>>
  /** Where given: all flags of the role. */
  readonly flags?: readonly string[]
  readonly account: object
  readonly usage: object
}

const folder = new URL('scenarios/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
const read = (name: string): Scenario => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))

it.each(names.map((name) => ({ name, ...read(name) })))('$name: $about', async ({ options = '', expected, flags, account, usage }) => {
  const place = temporaryFolder()
  const save = (name: string, content: object): string => {
    writeFileSync(join(place, name), JSON.stringify(content))
    return join(place, name)
  }
  const files = `--account-file ${save('account.json', account)} --usage-file ${save('usage.json', usage)}`
  const line = `show app ${files} --data-dir ${join(place, 'data')} --now 2024-04-01T10:30:00Z --json ${options}`
  const { code, stdout, stderr } = await runZt(line, { openWorkspace })
  expect(code, stderr).toBe(0)
  const role = JSON.parse(stdout)
  const states = new Map<string, string>(role.actions.map(({ action, state }: { action: string; state: string }) => [action, state]))
  expect(Object.fromEntries(Object.keys(expected).map((action) => [action, states.get(action)]))).toEqual(expected)
  expect(role.actions.every(({ reason }: { reason: string }) => reason !== '')).toBe(true)
  if (flags !== undefined) expect(role.flags).toEqual(flags)
})
