import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { clockFrom } from '../../src/workspace/clock.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('time goes on from where it was when the wall clock is set back', () => {
  vi.setSystemTime('2026-03-01T12:00:00Z')
  const clock = clockFrom(null)
  vi.setSystemTime('2026-03-01T12:00:10Z')
  expect(clock.now().toISOString()).toBe('2026-03-01T12:00:10.000Z')
  vi.setSystemTime('2026-03-01T11:00:00Z')
  expect(clock.now().toISOString()).toBe('2026-03-01T12:00:10.000Z')
  vi.setSystemTime('2026-03-01T11:00:05Z')
  expect(clock.now().toISOString()).toBe('2026-03-01T12:00:15.000Z')
})

test('a clock that starts elsewhere runs with the wall clock', () => {
  vi.setSystemTime('2026-03-01T12:00:00Z')
  const clock = clockFrom('2027-01-01T00:00:00Z')
  vi.setSystemTime('2026-03-01T12:01:00Z')
  expect(clock.now().toISOString()).toBe('2027-01-01T00:01:00.000Z')
})
