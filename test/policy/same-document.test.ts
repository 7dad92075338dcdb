import { expect, it } from 'vitest'
import { sameDocument } from '../../src/policy/same-document.ts'

it.each<[a: string | null, b: string | null, same: boolean]>([
  [null, null, true],
  ['{}', null, false],
  ['{"a":[1, 2]}', '{ "a" : [1,2] }', true],
  ['{"a":[1,2]}', '{"a":[2,1]}', false],
  ['broken', 'broken', true],
  ['broken', 'Broken', false],
])('%j and %j are the same document: %s', (a, b, same) => {
  expect(sameDocument(a, b)).toBe(same)
})
