import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const inputs = ['package.json', 'package-lock.json', 'scripts/build.ts', 'scripts/third-party-licences.ts']

/** Milliseconds since the epoch; 0 for what does not exist. */
const modified = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

function newestInput(): number {
  const source = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((name) => join('src', name))
  return Math.max(...[...inputs, ...source].map((name) => modified(join(root, name))))
}

/** Builds unless `dist/cli.js` is newer than everything it is made of. */
export async function ensureBuilt(): Promise<void> {
  if (modified(join(root, 'dist', 'cli.js')) > newestInput()) return
  const { build } = await import('./build.ts')
  await build()
}
