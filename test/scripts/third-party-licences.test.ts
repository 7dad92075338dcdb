import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { isPermissive, thirdPartyLicences } from '../../scripts/third-party-licences.ts'

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['MIT AND BSD-3-Clause', true],
  ['MIT AND AGPL-3.0', false],
  ['AGPL-3.0-only', false],
  ['unknown', false],
])('%s may be shipped: %s', (expression, expected) => {
  expect(isPermissive(expression)).toBe(expected)
})

test('a bundled module brings the licence text of its package, and each package stands once', () => {
  const root = resolve('.')
  const modules = ['react/index.js', 'react/jsx-runtime.js'].map((name) => resolve('node_modules', name))
  const text = thirdPartyLicences([...modules, resolve('src/cli.ts')], root)
  expect(text.match(/^react \d/gm)).toHaveLength(1)
  expect(text).toContain('Permission is hereby granted')
  expect(text).toMatch(/^@cloud-copilot\/iam-data /m)
})
