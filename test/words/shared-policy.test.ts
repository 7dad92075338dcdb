import { expect, it } from 'vitest'
import { wordsOf } from '../../src/words/index.ts'

it('the preview names a few of the roles that share a policy, and how many more', () => {
  const { shared } = wordsOf('en').preview
  expect(shared('team', ['a', 'b'])).toBe('team is shared with a, b: this role gets a copy. Mark them all to tighten them together.')
  expect(shared('team', ['a', 'b', 'c', 'd', 'e'])).toContain('with a, b, c, 2 more:')
  expect(shared('team', [])).toContain('team is shared: this role')
  expect(wordsOf('ja').preview.shared('team', ['a', 'b', 'c', 'd'])).toContain('ほか 1')
})
