import { expect, test } from 'vitest'
import { isInWindow } from '../../src/change/change-window.ts'

const night = { days: ['sat'], from: '22:00', to: '04:00' }

test.each([
  ['2026-03-07T23:00:00', true],
  ['2026-03-08T03:59:00', true],
  ['2026-03-08T04:00:00', false],
  ['2026-03-07T21:59:00', false],
  ['2026-03-06T23:00:00', false],
])('a window past midnight, by the clock of this machine, at %s: %s', (at, inside) => {
  expect(isInWindow(night, new Date(at))).toBe(inside)
})

test.each([
  ['Asia/Tokyo', '2026-03-07T13:00:00Z', true],
  ['Asia/Tokyo', '2026-03-07T19:00:00Z', false],
  ['America/New_York', '2026-03-08T03:30:00Z', true],
  ['UTC', '2026-03-08T00:00:00Z', true],
])('a window of %s at %s: %s', (timeZone, at, inside) => {
  expect(isInWindow({ ...night, timeZone }, new Date(at))).toBe(inside)
})
