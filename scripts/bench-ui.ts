/**
 * `npm run bench:ui`: what the interface costs, as ratios to baselines of the same run, so that a slow machine says the same as a fast
 * one. In process: from a key to the painted frame at 10,000 roles against 50. As processes: the first frame of the demo
 * with a stored scan against a bare one-line Ink program, `--version` and a second headless run against a bare Node.
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { spawn as spawnTerminal } from '@lydell/node-pty'
import { rolldown } from 'rolldown'
import { frameOf } from '../src/ui/frame.ts'
import { createRunner } from '../src/ui/runner.ts'
import { initialState } from '../src/ui/state.ts'
import { begin } from '../src/ui/step.ts'
import { createStore } from '../src/ui/store.ts'
import { createFakeUseCases, type FakeRole } from '../test/support/fake-use-cases.ts'
import { ensureBuilt } from './ensure-built.ts'

const cli = resolve('dist', 'cli.js')

type Limit = { readonly what: string; readonly value: number; readonly limit: number; readonly unit: string }

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0

const roles = (count: number): readonly FakeRole[] =>
  Array.from({ length: count }, (_, index) => ({
    roleName: `team-${index % 97}-service-${index}`,
    risk: (index * 37) % 100,
    services: [
      ['s3', 3 + (index % 5)],
      ['ec2', 6],
    ],
    lastUsedDays: index % 120,
  }))

/** A walk as a person takes it: up and down, into roles and back, marks, help. */
const walk = [
  'j',
  'j',
  'j',
  'PgDn',
  'k',
  'G',
  'g',
  'j',
  'Enter',
  'j',
  'Right',
  'Left',
  'Esc',
  'j',
  'Tab',
  'j',
  'Esc',
  'Space',
  'Esc',
  '?',
  'Down',
  'Esc',
]
/** What touches every role: typing a filter, clearing it, sorting. */
const sifting = ['/', 's', 'e', 'r', '-', '1', 'Esc', 's', 's', 's', 's']

/** Time that this thread has worked, in milliseconds: what other programs take of the machine does not count. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

async function openList(count: number) {
  const useCases = createFakeUseCases({ roles: roles(count) })
  const terminal = { copy: () => {}, suspend: async () => {}, exit: () => {}, page: async () => null }
  const machine = { save: () => '', setPreference: async () => ({ ok: true, value: [] }) as const }
  const runner = createRunner({ useCases, terminal, machine, dispatch: (event) => store.dispatch(event), sleep: async () => {} })
  const { mode, readOnly, accountLabel, window, dataDir } = useCases
  const now = (): number => useCases.now().getTime()
  const plain = { lang: 'en', ascii: false, theme: 'auto', keys: {}, unusedFrom: 70, accountArgs: [] } as const
  const initial = initialState({
    facts: { mode, readOnly, accountLabel, window, dataDir, ...plain },
    size: { columns: 200, rows: 50 },
    now: now(),
    filter: '',
    link: { role: null, screen: null },
  })
  const store = createStore({ initial, now, run: runner.run })
  store.start(begin)
  await runner.idle()
  const press = (id: string): number => {
    const start = threadMs()
    store.dispatch({ kind: 'key', press: { id, text: id.length === 1 ? id : null } })
    frameOf(store.state(), { colour: true })
    return threadMs() - start
  }
  return { press, idle: runner.idle }
}

/** Milliseconds of each key, once everything is warm. */
async function keyTimes(count: number, keys: number, path: readonly string[] = walk): Promise<readonly number[]> {
  const list = await openList(count)
  const times: number[] = []
  const warm = path.length * 6
  for (let n = 0; n < keys + warm; n++) {
    const time = list.press(path[n % path.length] ?? 'j')
    if (n >= warm) times.push(time)
    if (n % path.length === 0) await list.idle()
  }
  return times
}

/** Heap after 10,000 keys against the heap after the first 2,000. */
async function heapGrowth(): Promise<number> {
  const list = await openList(50)
  const heapAfter = async (keys: number): Promise<number> => {
    for (let n = 0; n < keys; n++) {
      list.press(walk[n % walk.length] ?? 'j')
      if (n % walk.length === 0) await list.idle()
    }
    globalThis.gc?.()
    return process.memoryUsage().heapUsed
  }
  const first = await heapAfter(2000)
  return (await heapAfter(10_000)) / first
}

const runs = 7

/** Median milliseconds of a process from its start to its end. */
function processTime(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    execFileSync(process.execPath, [...args], { env, stdio: 'ignore' })
    return performance.now() - start
  })
  return quantile(times, 0.5)
}

/** Milliseconds until `sign` stands in what a program writes to its terminal. */
function firstSign(args: readonly string[], sign: string, env: Record<string, string>): Promise<number> {
  const start = performance.now()
  const child = spawnTerminal(process.execPath, [...args], { name: 'xterm-256color', cols: 200, rows: 50, env })
  const { promise, resolve: done } = Promise.withResolvers<number>()
  let written = ''
  let isDone = false
  // Bounds the wait: a program that never says it is told as what it wrote.
  const patience = setTimeout(() => {
    child.kill('SIGKILL')
    throw new Error(`${args.join(' ')} never wrote ${sign}: ${JSON.stringify(written.slice(-400))}`)
  }, 20_000)
  child.onData((data) => {
    written += data
    if (isDone || !written.includes(sign)) return
    isDone = true
    clearTimeout(patience)
    const time = performance.now() - start
    child.kill('SIGKILL')
    child.onExit(() => done(time))
  })
  return promise
}

async function medianSign(args: readonly string[], sign: string, env: Record<string, string>): Promise<number> {
  const times: number[] = []
  for (let n = 0; n <= runs; n++) {
    const time = await firstSign(args, sign, env)
    if (n > 0) times.push(time)
  }
  return quantile(times, 0.5)
}

/** One line with Ink, bundled as the program is, with the compile cache that the program has. */
async function buildBareInk(folder: string): Promise<string> {
  writeFileSync(join(folder, 'bare.tsx'), "import { render, Text } from 'ink'\nrender(<Text>bare-ink</Text>, { alternateScreen: true })\n")
  writeFileSync(
    join(folder, 'start.mjs'),
    `process.env.NODE_ENV = 'production'\nprocess.getBuiltinModule('node:module').enableCompileCache(${JSON.stringify(join(folder, 'cache'))})\nawait import('./bare.js')\nsetInterval(() => {}, 1000)\n`,
  )
  const bundle = await rolldown({
    cwd: resolve('.'),
    input: join(folder, 'bare.tsx'),
    platform: 'node',
    external: [/^node:/, 'react-devtools-core'],
    resolve: { modules: [resolve('node_modules')] },
    transform: { jsx: 'react-jsx', define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' } },
  })
  await bundle.write({
    dir: folder,
    format: 'esm',
    entryFileNames: 'bare.js',
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  })
  await bundle.close()
  return join(folder, 'start.mjs')
}

async function startTimes(folder: string): Promise<readonly Limit[]> {
  const home = join(folder, 'home')
  mkdirSync(home)
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    ZT_TUI_HOME: join(home, 'data'),
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  const empty = join(folder, 'empty.mjs')
  writeFileSync(empty, '')
  execFileSync(process.execPath, [cli, 'roles', '--demo', '--json'], { env, stdio: 'ignore' })
  const node = processTime([empty], env)
  const version = processTime([cli, '--version'], env)
  const listed = processTime([cli, 'roles', '--demo', '--json'], env)
  const ink = await medianSign([await buildBareInk(folder)], 'bare-ink', env)
  const demo = await medianSign([cli, '--demo'], 'legacy-admin-role', env)
  process.stdout.write(
    `  bare node ${node.toFixed(0)} ms · --version ${version.toFixed(0)} ms · roles --json ${listed.toFixed(0)} ms · bare Ink ${ink.toFixed(0)} ms · demo ${demo.toFixed(0)} ms\n`,
  )
  return [
    { what: '--version ÷ bare node', value: version / node, limit: 3, unit: '×' },
    { what: 'roles --demo --json, second run ÷ bare node', value: listed / node, limit: 12, unit: '×' },
    { what: 'first frame of the demo ÷ bare Ink program', value: demo / ink, limit: 1.5, unit: '×' },
  ]
}

async function measure(): Promise<readonly Limit[]> {
  // Once for the compiler, then for the record.
  await keyTimes(50, 2000)
  const [few, many] = [await keyTimes(50, 3000), await keyTimes(10_000, 3000)]
  process.stdout.write(
    `  key to frame, p95: ${quantile(few, 0.95).toFixed(2)} ms at 50 roles, ${quantile(many, 0.95).toFixed(2)} ms at 10,000\n`,
  )
  const [small, large] = [quantile(few, 0.95), quantile(many, 0.95)]
  const sifted = await keyTimes(10_000, 400, sifting)
  const growth = await heapGrowth()
  const folder = mkdtempSync(join(tmpdir(), 'zt-tui-bench-'))
  try {
    return [
      { what: 'key to frame, p95, 10,000 roles, 200×50', value: large, limit: 16, unit: 'ms' },
      { what: 'the same ÷ 50 roles', value: large / small, limit: 1.3, unit: '×' },
      { what: 'filter or sort to frame, p95, 10,000 roles', value: quantile(sifted, 0.95), limit: 16, unit: 'ms' },
      { what: 'heap after 10,000 more keys', value: growth, limit: 1.15, unit: '×' },
      ...(await startTimes(folder)),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The heap is told truly only when it can be swept: the measuring process is started with the switch for that. */
async function main(): Promise<void> {
  if (globalThis.gc === undefined) {
    const child = spawn(process.execPath, ['--expose-gc', import.meta.filename], { stdio: 'inherit' })
    child.once('exit', (code) => {
      process.exitCode = code ?? 1
    })
    return
  }
  await ensureBuilt()
  const limits = await measure()
  for (const { what, value, limit, unit } of limits) {
    process.stdout.write(`${value <= limit ? 'ok  ' : 'SLOW'} ${what.padEnd(46)} ${value.toFixed(2)} ${unit} (at most ${limit})\n`)
  }
  if (limits.some(({ value, limit }) => value > limit)) process.exitCode = 1
}

await main()
