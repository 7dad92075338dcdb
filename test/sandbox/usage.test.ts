import { expect, test } from 'vitest'
import { lastUseAt, newestUse, usesAt } from '../../src/sandbox/observation/usage.ts'

const habit = {
  action: 's3:GetObject',
  lastUsed: '2026-11-01T00:00:00Z',
  everySeconds: 86_400,
  calls: 90,
  region: 'us-east-1',
  request: null,
}
const memory = { ...habit, action: 's3:PutObject', everySeconds: null }

test.each([
  ['2026-11-01T12:00:00Z', '2026-11-01T00:00:00Z'],
  ['2026-11-02T00:00:00Z', '2026-11-02T00:00:00Z'],
  ['2027-03-05T23:59:59Z', '2027-03-05T00:00:00Z'],
  ['2024-04-01T10:30:00Z', '2024-04-01T00:00:00Z'],
])('a habit seen at %s was last followed at %s', (now, expected) => {
  expect(lastUseAt(habit, now)).toBe(expected)
})

test('a memory stays where it was, and the future is unknown', () => {
  expect(lastUseAt(memory, '2027-01-01T00:00:00Z')).toBe('2026-11-01T00:00:00Z')
  expect(lastUseAt(memory, '2026-10-31T00:00:00Z')).toBeNull()
})

test('the newest use is the newest of all actions', () => {
  expect(newestUse(usesAt([habit, memory], '2026-11-03T08:00:00Z'))?.action).toBe('s3:GetObject')
  expect(newestUse([])).toBeNull()
})
