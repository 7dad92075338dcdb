import { expect, test } from 'vitest'
import { putStatementFirst } from '../../src/policy/put-statement-first.ts'

test.each([
  ['{"Statement":[{"a":1}]}', '{"Statement":[{"new":1},{"a":1}]}'],
  ['{ "Version" : "x",\n "Statement" : [ {"a": 1},\n{"b":2} ] }', '{ "Version" : "x",\n "Statement" : [{"new":1}, {"a": 1},\n{"b":2} ] }'],
  ['{"Statement":{"a" : 1}}', '{"Statement":[{"new":1},{"a" : 1}]}'],
  ['{"Statement":[ ]}', '{"Statement":[{"new":1} ]}'],
  ['{"Statement":"x"}', null],
  ['{}', null],
  ['', null],
])('%s becomes %s', (text, expected) => expect(putStatementFirst(text, { new: 1 })).toBe(expected))
