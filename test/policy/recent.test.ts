import { describe, expect, it } from 'vitest'
import { rememberRecent } from '../../src/policy/recent.ts'

describe('what was asked for lately', () => {
  const counting = (limit: number) => {
    const asked: number[] = []
    const answer = rememberRecent(limit, (key: number) => {
      asked.push(key)
      return { key }
    })
    return { asked, answer }
  }

  it('is answered once', () => {
    const { asked, answer } = counting(10)
    expect(answer(1)).toBe(answer(1))
    expect(asked).toEqual([1])
  })

  it('stays while it is asked for, whatever else is asked for', () => {
    const { asked, answer } = counting(10)
    for (let other = 1; other < 100; other++) {
      answer(0)
      answer(other)
    }
    expect(asked.filter((key) => key === 0)).toEqual([0])
  })

  it('is forgotten after enough other questions', () => {
    const { asked, answer } = counting(10)
    for (let key = 0; key < 20; key++) answer(key)
    answer(0)
    expect(asked.filter((key) => key === 0)).toEqual([0, 0])
  })
})
