/** What a terminal or an editor could act on inside a JSON string: C1 controls, bidi controls, invisible characters. */
const risky = /[\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g

const INDENT = '  '
/** Characters. Shorter pieces are joined: each costs its reader a call. */
const PIECE = 65_536

/**
 * JSON whose text is safe to show: hostile characters are written as escapes, so that the value stays what it was. In pieces, because the
 * plans of a thousand roles are longer than the longest string that V8 can hold: the members of the value and of its lists come one by one.
 */
export function* jsonPieces(value: unknown): Generator<string> {
  let waiting = ''
  for (const piece of pieces(value, '', 2)) {
    waiting += piece
    if (waiting.length < PIECE) continue
    yield waiting
    waiting = ''
  }
  yield `${waiting}\n`
}

export const jsonText = (value: unknown): string => [...jsonPieces(value)].join('')

function* pieces(value: unknown, indent: string, levels: number): Generator<string> {
  const members = levels === 0 ? [] : membersOf(value)
  if (members.length === 0) return yield escaped(value).replaceAll('\n', `\n${indent}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const inner = indent + INDENT
  for (const [at, [name, member]] of members.entries()) {
    yield `${at === 0 ? open : ','}\n${inner}${name}`
    yield* pieces(member, inner, levels - 1)
  }
  yield `\n${indent}${close}`
}

type Member = readonly [name: string, value: unknown]

function membersOf(value: unknown): readonly Member[] {
  if (Array.isArray(value)) return value.map((member): Member => ['', member ?? null])
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]): Member[] => (member === undefined ? [] : [[`${escaped(name)}: `, member]]))
}

const escaped = (value: unknown): string =>
  JSON.stringify(value, null, INDENT).replace(risky, (found) =>
    Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  )
