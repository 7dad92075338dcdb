import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { keysPage } from '../../scripts/compile-keys.ts'

test('docs/keys.md says what the commands are: node scripts/compile-keys.ts writes it anew', () =>
  expect(readFileSync('docs/keys.md', 'utf8')).toBe(keysPage()))
