/**
 * `npm run bench [-- ROLES]`: what the core costs on the account of a large company, in processor time and memory. Each figure
 * is measured in a process of its own and compared with `JSON.parse` of the same files, measured likewise in the same run, so that
 * a slow machine says the same as a fast one. It tells, and fails nothing: the exit code is 0.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LARGE_ACCOUNT_NOW } from './large-account.ts'

const roles = Number(process.argv[2] ?? 5_000)
const folder = mkdtempSync(join(tmpdir(), 'zt-tui-bench-'))
const fileOf = (name: string): string => join(folder, name)
const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

/** Times in milliseconds: of the processor, and as a clock on the wall shows it. */
type Cost = { readonly processor: number; readonly wall: number; readonly megabytes: number; readonly printed: string }

function run(args: readonly string[]): Cost {
  const started = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--import', pathOf('bench-exit.ts'), ...args], {
    env: { ...process.env, BENCH_RESULT: fileOf('result') },
    stdio: ['ignore', openSync(fileOf('printed'), 'w'), 'pipe'],
    encoding: 'utf8',
  })
  const wall = performance.now() - started
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  return { ...JSON.parse(readFileSync(fileOf('result'), 'utf8')), wall, printed: readFileSync(fileOf('printed'), 'utf8').slice(0, 100) }
}

function print(...[what, ...cells]: readonly string[]): void {
  const widths = [12, 12, 18, 10, 16]
  process.stdout.write(`${what?.padEnd(48)}${cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('')}\n`)
}

const verdict = (value: number, target: number): string => (value <= target ? 'within' : 'over')

const figure = (name: string): Cost => run([pathOf('bench-figure.ts'), name, folder])

/** The median of some processes that do nothing else. */
function reportBaseline(what: string, name: string): number {
  const costs = Array.from({ length: 5 }, () => figure(name)).sort((a, b) => Number(a.printed) - Number(b.printed))
  const { printed = '', megabytes = 0 } = costs[costs.length >> 1] ?? {}
  print(what, `${Number(printed).toFixed(0)} ms`, '1.00 ×', '', '', `${megabytes} MB`)
  return Number(printed)
}

type Target = { readonly times: number; readonly megabytes?: number; readonly of?: number }

/** A figure of `bench-figure.ts`; the target is a multiple of a baseline, of the account's as a rule. */
function report(what: string, name: string, { times, megabytes, of = baseline }: Target): void {
  const cost = figure(name)
  const ms = Number(cost.printed)
  const ratio = ms / of
  const memory = `${cost.megabytes} MB${megabytes === undefined ? '' : ` ${verdict(cost.megabytes, megabytes)}`}`
  print(what, `${ms.toFixed(0)} ms`, `${ratio.toFixed(2)} ×`, `≤ ${times} ×`, verdict(ratio, times), memory)
}

function reportCommand(...args: readonly string[]): void {
  const files = ['--account-file', fileOf('account.json'), '--usage-file', fileOf('usage.json'), '--now', LARGE_ACCOUNT_NOW]
  const cost = run([pathOf('../dist/cli.js'), ...args, ...files, '--data-dir', fileOf('data'), '--json'])
  const ratio = `${(cost.processor / baseline).toFixed(2)} ×`
  print(
    `zt-tui ${args.join(' ')} --json`,
    `${cost.processor.toFixed(0)} ms`,
    ratio,
    `${cost.wall.toFixed(0)} ms wall`,
    '',
    `${cost.megabytes} MB`,
  )
}

// A process begins with its parent's largest memory, so this one stays small and another one builds and makes the account.
run([pathOf('bench-account.ts'), folder, String(roles)])
const sizeOf = (name: string): string => `${(statSync(fileOf(name)).size / 1e6).toFixed(1)} MB`
process.stdout.write(`${roles} roles: account ${sizeOf('account.json')}, usage ${sizeOf('usage.json')}\n\n`)

print('', 'processor', 'ratio', 'target', '', 'memory')
const baseline = reportBaseline('JSON.parse of the account', 'parse')
const baselineOfBoth = reportBaseline('JSON.parse of the account and the usage', 'parse-both')
report('account to action states and risk', 'states', { times: 3, megabytes: 400 })
report('account and usage to action states and risk', 'states-used', { times: 3, megabytes: 400, of: baselineOfBoth })
report('proposals with proof for all', 'proposals', { times: 30 })
report('a warm proposal for AdministratorAccess', 'administrator', { times: 0.3 })
const catalog = Number(figure('catalog').printed)
print('the catalog, first load', `${catalog.toFixed(0)} ms`, '', '≤ 15 ms', verdict(catalog, 15))
reportCommand('roles')
reportCommand('plan', '--all')
rmSync(folder, { recursive: true })
