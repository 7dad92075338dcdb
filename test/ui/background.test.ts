import { expect, test } from 'vitest'
import { backgroundOf } from '../../src/ui/background.ts'

test.each([
  ['15;0', 'dark'],
  ['0;15', 'light'],
  ['0;default;7', 'light'],
  ['7;8', 'dark'],
  ['0;default', null],
  ['', null],
  [undefined, null],
] as const)('COLORFGBG %j tells %j', (value, background) => {
  expect(backgroundOf(value === undefined ? {} : { COLORFGBG: value })).toBe(background)
})
