import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importRules, uncovered } from '../../scripts/check-imports.ts'

const biome = resolve('node_modules/@biomejs/biome/bin/biome')
let house: string

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'zt-tui-house-'))
  const config = JSON.parse(readFileSync('biome.json', 'utf8'))
  writeFileSync(join(house, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }))
  copyFileSync('biome.imports.json', join(house, 'biome.imports.json'))
})
afterAll(() => rmSync(house, { recursive: true }))

/** Lints one file of an otherwise empty house and tells the lines that break the import rule. */
function linesRefused(file: string, imports: readonly string[]): number[] {
  const path = join(house, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, imports.map((line) => `${line}\n`).join(''))
  const lint = spawnSync(process.execPath, [biome, 'lint', '--only=style/noRestrictedImports', '--reporter=github', path], {
    cwd: house,
    encoding: 'utf8',
  })
  return [...lint.stdout.matchAll(/title=lint\/style\/noRestrictedImports,.*?line=(\d+)/g)].map((match) => Number(match[1]))
}

test('the import rules that biome reads are those of the table', () => {
  expect(JSON.parse(readFileSync('biome.imports.json', 'utf8'))).toEqual(importRules())
})

test('the core cannot reach upwards, outwards or to the machine', () => {
  const refused = linesRefused('src/policy/parse.ts', [
    "import { a } from '../app/use-cases.ts'",
    "import type { B } from '../account/account.ts'",
    "import { c } from '../workspace.ts'",
    "import { d } from '@aws-sdk/client-iam'",
    "import { e } from 'node:fs'",
    "export const f = () => import('../ledger/open-ledger.ts')",
    "export * from '../ui/start.tsx'",
    "import { g } from './names.ts'",
    "import type { H } from '../ports/clock.ts'",
  ])
  expect(refused).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('an edge knows no other edge and no use case, the use cases know no edge', () => {
  expect(linesRefused('src/ledger/a.ts', ["import '../aws/a.ts'", "import '../app/a.ts'", "import '../change/change.ts'"])).toEqual([1, 2])
  expect(linesRefused('src/app/a.ts', ["import '../ledger/a.ts'", "import '../aws/a.ts'", "import '../change/change.ts'"])).toEqual([1, 2])
})

test('a deeper folder has the rules of its room, and may be named as another room', () => {
  expect(linesRefused('src/ui/roles/a/b.ts', ["import '../../../aws/a.ts'", "import '../../state.ts'", "import 'commander'"])).toEqual([
    1, 3,
  ])
  expect(linesRefused('src/ui/step/a.ts', ["import '../commands/a.ts'", "import '../../commands/a.ts'"])).toEqual([2])
})

test('a folder that no rule covers is reported', () => {
  expect(uncovered(['policy/parse.ts', 'cli.ts', 'ui/commands/a.ts'])).toEqual([])
  expect(uncovered(['helpers/a.ts'])).toEqual(['src/helpers is not in scripts/import-table.ts'])
  expect(uncovered(['ui/a/b/c/d.ts'])).toHaveLength(1)
})
