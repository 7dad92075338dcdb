export type Token = { readonly kind: 'word' | 'text' | 'sign'; readonly text: string }

const TOKEN = /\s*(?:('(?:[^']|'')*')|([A-Za-z_"`][\w."`-]*|\d[\w.-]*)|(<>|!=|<=|>=|[=<>(),*;]))/y

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  const whole = text.trimEnd().replace(/;$/, '')
  while (TOKEN.lastIndex < whole.length) {
    const place = TOKEN.lastIndex
    const [, quoted, word, sign] = TOKEN.exec(whole) ?? []
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.slice(1, -1).replaceAll("''", "'") })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign })
    else throw new SyntaxError(`mismatched input at '${whole.slice(place, place + 20).trim()}'`)
  }
  return tokens
}

/** Tokens one after another; key words without regard to case. */
export class TokenStream {
  readonly #tokens: readonly Token[]
  #at = 0
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  next(): Token {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw new SyntaxError("mismatched input '<EOF>'")
    return token
  }

  /** Steps over the word or sign if it comes next. */
  take(word: string): boolean {
    const token = this.#tokens[this.#at]
    const isNext = token !== undefined && token.kind !== 'text' && token.text.toLowerCase() === word
    if (isNext) this.#at++
    return isNext
  }

  expect(word: string): void {
    if (!this.take(word)) throw this.#unexpected(`expecting '${word.toUpperCase()}'`)
  }

  expectEnd(): void {
    if (this.#at < this.#tokens.length) throw this.#unexpected('expecting <EOF>')
  }

  #unexpected(expecting: string): SyntaxError {
    return new SyntaxError(`mismatched input '${this.#tokens[this.#at]?.text ?? '<EOF>'}', ${expecting}`)
  }
}
