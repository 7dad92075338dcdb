/**
 * Builds `dist/`: a tiny `cli.js` that any Node with ES modules can parse, and the program as chunks for `engines.node`.
 * Written beside and swapped in at the end, so that a failed build leaves the old one.
 */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type RolldownOptions, rolldown } from 'rolldown'
import { thirdPartyLicences } from './third-party-licences.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

/** What every bundle of the program's sources needs, the benchmarks' too. */
export const shared = {
  cwd: root,
  platform: 'node',
  // Ink asks for the devtools in development only; their package is neither installed nor shipped.
  external: [/^node:/, 'react-devtools-core'],
  // jsonc-parser's `main` is UMD, which hides its imports from a bundler.
  resolve: { alias: { 'jsonc-parser': join(root, 'node_modules/jsonc-parser/lib/esm/main.js') } },
} satisfies RolldownOptions

const defines = { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' }

/** Returns the absolute paths of the modules that were really bundled. */
async function buildProgram(dir: string): Promise<string[]> {
  const bundle = await rolldown({
    ...shared,
    input: { program: 'src/commands/program.ts' },
    transform: { target: 'node22.13', define: defines },
  })
  const { output } = await bundle.write({
    dir: join(dir, 'chunks'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    // Names stay, so that a stack in the debug log can be read.
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    comments: { legal: false },
  })
  await bundle.close()
  return output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))
}

async function buildCli(dir: string): Promise<void> {
  const bundle = await rolldown({
    ...shared,
    input: { cli: 'src/cli.ts' },
    external: [...shared.external, './commands/program.ts'],
    // An old Node must be able to parse it, to say which one is needed.
    transform: { target: 'es2019' },
  })
  await bundle.write({ dir, format: 'esm', paths: (id) => (id.endsWith('commands/program.ts') ? './chunks/program.js' : id) })
  await bundle.close()
  chmodSync(join(dir, 'cli.js'), 0o755)
}

export async function build(): Promise<void> {
  const beside = join(root, 'node_modules', '.cache', `zt-tui-build-${process.pid}`)
  const replaced = `${beside}-replaced`
  mkdirSync(beside, { recursive: true })
  const modules = await buildProgram(beside)
  await buildCli(beside)
  writeFileSync(join(beside, 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicences(modules, root))
  try {
    renameSync(dist, replaced)
  } catch {
    // There was no build before.
  }
  renameSync(beside, dist)
  rmSync(replaced, { recursive: true, force: true })
}

if (import.meta.main) {
  await build()
  const { size } = { size: readFileSync(join(dist, 'cli.js')).length }
  process.stdout.write(`dist/cli.js ${size} bytes\n`)
}
