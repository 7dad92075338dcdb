import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
let installed: string

/** npm as the machine has it; what it installs runs under the Node of this test. */
const npm = (args: readonly string[], cwd: string) =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const zt = (...args: string[]) =>
  execFileSync(process.execPath, [join(installed, 'dist', 'cli.js'), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder, ZT_TUI_HOME: join(folder, 'home') },
  })

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zt-tui-package-'))
  npm(['pack', '--ignore-scripts', '--pack-destination', folder], resolve('.'))
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
  npm(['install', '--offline', '--no-audit', '--no-fund', '--prefix', join(folder, 'elsewhere'), join(folder, tarball)], folder)
  installed = join(folder, 'elsewhere', 'node_modules', 'zt-tui')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a package holds what runs and nothing else, and needs no other package', () => {
  expect(readdirSync(installed).sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md', 'dist', 'package.json'])
  expect(readdirSync(join(folder, 'elsewhere', 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['zt-tui'])
  expect(readFileSync(join(installed, 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8')).not.toMatch(/react-devtools-core/)
})

test('an installed package tells its version', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(zt('--version')).toBe(`${version}\n`)
})

test('an installed package does its work on the demo account', () => {
  const rows: unknown = JSON.parse(zt('roles', '--demo', '--json'))
  expect(rows).toHaveLength(128)
})
