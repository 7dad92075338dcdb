import { describe, expect, it } from 'vitest'
import { type DateSource, parseDate } from '../../src/account/parse-date.ts'

const read: [source: DateSource, date: string][] = [
  ['2024-01-02T03:04:05Z', '2024-01-02T03:04:05.000Z'],
  ['2024-01-02T03:04:05+00:00', '2024-01-02T03:04:05.000Z'],
  ['2024-01-02 03:04:05+00:00', '2024-01-02T03:04:05.000Z'],
  ['2024-01-02 03:04:05', '2024-01-02T03:04:05.000Z'],
  ['2024-01-02T03:04:05.678901+09:00', '2024-01-01T18:04:05.678Z'],
  ['2024-01-02T03:04:05+0900', '2024-01-01T18:04:05.000Z'],
  [' 2024-01-02t03:04z ', '2024-01-02T03:04:00.000Z'],
  ['2024-01-02', '2024-01-02T00:00:00.000Z'],
  [1_704_164_645, '2024-01-02T03:04:05.000Z'],
  [1_704_164_645.5, '2024-01-02T03:04:05.500Z'],
  [new Date('2024-01-02T03:04:05Z'), '2024-01-02T03:04:05.000Z'],
]

describe('a date', () => {
  it.each(read)('%j is %s', (source, date) => {
    expect(parseDate(source)).toEqual({ date, invalid: false })
  })

  it.each([null, undefined, ''])('%j is no date', (source) => {
    expect(parseDate(source)).toEqual({ date: null, invalid: false })
  })

  it.each(['yesterday', '2024-13-01', '2024-01-02T25:00:00Z', '01/02/2024', Number.NaN, 1e300, new Date(Number.NaN)])(
    '%j cannot be read',
    (source) => {
      expect(parseDate(source)).toEqual({ date: null, invalid: true })
    },
  )
})
