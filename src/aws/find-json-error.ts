/** Where a text stops being JSON, from 1, and what should stand there. */
export type JsonError = { readonly line: number; readonly column: number; readonly expected: string }

/** What may come next: `first` means that the list or object may also end here, empty. */
type State = 'value' | 'first-value' | 'first-key' | 'key' | 'colon' | 'after'

const expectations: Record<State, (closer: string) => string> = {
  value: () => 'a value',
  'first-value': () => 'a value or ]',
  'first-key': () => 'a key or }',
  key: () => 'a key',
  colon: () => ':',
  after: (closer) => (closer === '' ? 'the end' : `, or ${closer}`),
}

const isKey = (state: State): boolean => state === 'key' || state === 'first-key'

const blank = /[ \t\r\n]*/y
const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/**
 * `JSON.parse` names the place of an error only sometimes. For a text that it refused this walks the tokens again and tells
 * where and why; a text without an error ends at its end.
 */
export function findJsonError(text: string): JsonError {
  const closers: string[] = []
  let state: State = 'value'
  let at = 0
  for (;;) {
    at = skip(text, at)
    const closer = closers.at(-1) ?? ''
    const fail = (expected = expectations[state](closer)): JsonError => ({ ...placeOf(text, at), expected })
    const char = text[at] ?? ''
    if (char !== '' && char === closer && (state === 'after' || state.startsWith('first'))) {
      closers.pop()
      state = 'after'
      at += 1
    } else if (state === 'after' && char === ',' && closer !== '') {
      state = closer === '}' ? 'key' : 'value'
      at += 1
    } else if (state === 'colon' && char === ':') {
      state = 'value'
      at += 1
    } else if (char === '"' && state !== 'after' && state !== 'colon') {
      const end = endOfString(text, at)
      if (end.problem !== null) return { ...placeOf(text, end.at), expected: end.problem }
      state = isKey(state) ? 'colon' : 'after'
      at = end.at
    } else if (state !== 'value' && state !== 'first-value') {
      return fail()
    } else if (char === '{' || char === '[') {
      closers.push(char === '{' ? '}' : ']')
      state = char === '{' ? 'first-key' : 'first-value'
      at += 1
    } else {
      word.lastIndex = at
      if (!word.test(text)) return fail()
      state = 'after'
      at = word.lastIndex
    }
  }
}

function skip(text: string, from: number): number {
  blank.lastIndex = from
  blank.test(text)
  return blank.lastIndex
}

/** The place after the closing quote, or the place of the problem. */
function endOfString(text: string, from: number): { readonly at: number; readonly problem: string | null } {
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at] ?? ''
    if (char === '"') return { at: at + 1, problem: null }
    if (char < ' ') return { at, problem: 'the end of the text in quotes' }
    if (char !== '\\') continue
    if (!/^(?:["\\/bfnrt]|u[\da-fA-F]{4})/.test(text.slice(at + 1, at + 6))) return { at, problem: 'an escape such as \\n or \\u0041' }
    at += 1
  }
  return { at: text.length, problem: 'the end of the text in quotes' }
}

function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at)
  const start = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: at - start + 1 }
}
