import type { Key } from 'ink'
import { describe, expect, test } from 'vitest'
import { keyPresses, splitTyped } from '../../src/ui/keys.ts'

const noKey: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
}

const ids = (input: string, key: Partial<Key> = {}): readonly string[] => keyPresses(input, { ...noKey, ...key }).map(({ id }) => id)

describe('key presses', () => {
  test.each<readonly [string, string, Partial<Key>, readonly string[]]>([
    ['a letter', 'j', {}, ['j']],
    ['a capital', 'U', { shift: true }, ['U']],
    ['a burst of moves', 'jjj', {}, ['j', 'j', 'j']],
    ['moves and Return in one chunk', 'jj\r', {}, ['j', 'j', 'Enter']],
    ['Return alone', '', { return: true }, ['Enter']],
    ['a line feed', '\n', {}, ['Enter']],
    ['an arrow', '', { downArrow: true }, ['Down']],
    ['Tab and its reverse', '', { tab: true, shift: true }, ['Shift-Tab']],
    ['a control letter', 'u', { ctrl: true }, ['Ctrl-u']],
    ['a control byte inside a chunk', 'j\x15k', {}, ['j', 'Ctrl-u', 'k']],
    ['Tab inside a chunk', 'x\ty', {}, ['x', 'Tab', 'y']],
    ['backspace inside a chunk', 'ab\x7f', {}, ['a', 'b', 'Backspace']],
    ['Esc', '', { escape: true }, ['Esc']],
    ['Esc and a letter in one chunk, which is how Alt arrives', 'q', { meta: true }, ['Esc', 'q']],
    ['a space', ' ', {}, ['Space']],
    ['an unknown control sequence', '[200X', {}, []],
    ['a mouse report', '[<0;10;5M', {}, []],
    ['a bracket that was typed', '[', {}, ['[']],
    ['a wide character', '日', {}, ['日']],
    ['a joined emoji', '👩‍👩‍👧', {}, ['👩‍👩‍👧']],
    ['a release', 'j', { eventType: 'release' }, []],
  ])('%s', (_what, input, key, expected) => expect(ids(input, key)).toEqual(expected))

  test('only characters type text', () => {
    expect(splitTyped('a \r')).toEqual([
      { id: 'a', text: 'a' },
      { id: 'Space', text: ' ' },
      { id: 'Enter', text: null },
    ])
  })
})
