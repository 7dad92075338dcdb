import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parseSync } from 'rolldown/utils'
import { expect, test } from 'vitest'

test('the first file has nothing that an old Node could not load before the version check', () => {
  const text = readFileSync('dist/cli.js', 'utf8')
  const kinds = parseSync('cli.js', text).program.body.map((node) => node.type)
  expect(kinds).not.toContain('ImportDeclaration')
  expect(text).not.toMatch(/\?\?|\?\./)
  expect(text.length).toBeLessThan(4_000)
})

test.each(['14.21.3', '22.12.0'])('Node %s gets one line that names the version needed', (version) => {
  const disguise = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', disguise, 'dist/cli.js', 'roles'], { encoding: 'utf8' })
  expect(stderr).toBe(`zt-tui needs Node.js 22.13 or newer; this is ${version}.\n`)
  expect(stdout).toBe('')
  expect(status).toBe(2)
})
