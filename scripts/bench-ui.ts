/**
 * `npm run bench:ui`: what the interface costs, as ratios to baselines of the same run, so that a slow machine says the same as a fast
 * one. In process: from a key through state, layout, painting and Ink to the bytes for the terminal, at 10,000 roles against 50. As processes: the first frame of the demo
 * with a stored scan against a bare one-line Ink program, `--version` and a second headless run against a bare Node.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { spawn as spawnTerminal } from '@lydell/node-pty'
import { rolldown } from 'rolldown'
import { type Limit, quantile } from './bench-limit.ts'
import { shared } from './build.ts'
import { ensureBuilt } from './ensure-built.ts'

const cli = resolve('dist', 'cli.js')

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

/** Bundled as the program is. */
async function bundle(input: string, file: string, folder: string): Promise<void> {
  const made = await rolldown({
    ...shared,
    input,
    resolve: { ...shared.resolve, modules: [resolve('node_modules')] },
    transform: { jsx: 'react-jsx', define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' } },
  })
  await made.write({
    dir: folder,
    format: 'esm',
    entryFileNames: file,
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  })
  await made.close()
}

/** One line with Ink, with the compile cache that the program has. */
async function buildBareInk(folder: string): Promise<string> {
  const source = join(folder, 'bare.tsx')
  writeFileSync(source, "import { render, Text } from 'ink'\nrender(<Text>bare-ink</Text>, { alternateScreen: true })\n")
  writeFileSync(
    join(folder, 'start.mjs'),
    `process.env.NODE_ENV = 'production'\nprocess.getBuiltinModule('node:module').enableCompileCache(${JSON.stringify(join(folder, 'cache'))})\nawait import('./bare.js')\nsetInterval(() => {}, 1000)\n`,
  )
  await bundle(source, 'bare.js', folder)
  return join(folder, 'start.mjs')
}

/** The heap is told truly only when it can be swept: the process that measures is started with the switch for that. */
async function keyLimits(folder: string): Promise<readonly Limit[]> {
  await bundle(resolve('scripts', 'bench-keys.ts'), 'keys.mjs', folder)
  const told = execFileSync(process.execPath, ['--expose-gc', join(folder, 'keys.mjs')], { encoding: 'utf8' })
  return told
    .trim()
    .split('\n')
    .map((line): Limit => JSON.parse(line))
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

async function main(): Promise<void> {
  await ensureBuilt()
  const folder = mkdtempSync(join(tmpdir(), 'zt-tui-bench-'))
  try {
    const limits = [...(await keyLimits(folder)), ...(await startTimes(folder))]
    for (const { what, value, limit, unit } of limits) {
      process.stdout.write(`${value <= limit ? 'ok  ' : 'SLOW'} ${what.padEnd(46)} ${value.toFixed(2)} ${unit} (at most ${limit})\n`)
    }
    if (limits.some(({ value, limit }) => value > limit)) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
