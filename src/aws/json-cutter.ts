/**
 * Walks over the bytes of a JSON text without reading what it walks over: a large file is read piece by piece, and no more of it
 * is in memory than its bytes. `JSON.parse` reads, and so checks, each piece; the walk itself checks what stands between them.
 *
 *   cutter.eachMember((name) => kept.set(name, cutter.value()))
 */
export class JsonCutter {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** Walks over an object; `read` must take each member's value. A name that comes twice has no one meaning. */
  eachMember(read: (name: string) => void): void {
    const names = new Set<string>()
    this.#list(CODE['{'], CODE['}'], () => {
      const name = this.#peek() === CODE['"'] ? String(this.value()) : misread('a name')
      if (names.has(name)) misread('a name once')
      names.add(name)
      this.#expect(CODE[':'])
      read(name)
    })
  }

  /** Walks over a list; `read` must take each item. */
  eachItem(read: () => void): void {
    this.#list(CODE['['], CODE[']'], read)
  }

  isList(): boolean {
    return this.#peek() === CODE['[']
  }

  isObject(): boolean {
    return this.#peek() === CODE['{']
  }

  value(): unknown {
    return JSON.parse(this.text())
  }

  /** The text of the value that comes next. */
  text(): string {
    this.#peek()
    const start = this.#at
    this.#skip()
    return this.#bytes.toString('utf8', start, this.#at)
  }

  end(): void {
    if (this.#peek() !== undefined) misread('the end')
  }

  #list(open: number, close: number, read: () => void): void {
    this.#expect(open)
    if (this.#peek() === close) {
      this.#at++
      return
    }
    for (;;) {
      read()
      if (this.#peek() === close) break
      this.#expect(CODE[','])
    }
    this.#at++
  }

  #expect(code: number): void {
    if (this.#peek() !== code) misread(String.fromCharCode(code))
    this.#at++
  }

  /** The next byte that is no white space; it stays the next one. */
  #peek(): number | undefined {
    const bytes = this.#bytes
    for (;;) {
      const byte = bytes[this.#at]
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte
      this.#at++
    }
  }

  /** Goes to the end of a value: a string, what brackets enclose, or a plain word. */
  #skip(): void {
    const bytes = this.#bytes
    const { length } = bytes
    let at = this.#at
    let depth = 0
    do {
      const byte = at < length ? bytes[at] : misread('a value')
      if (byte === CODE['"']) {
        for (at++; bytes[at] !== CODE['"']; at++) {
          if (at >= length) misread('the end of a string')
          if (bytes[at] === CODE['\\']) at++
        }
      } else if (byte === CODE['{'] || byte === CODE['[']) depth++
      else if (byte === CODE['}'] || byte === CODE[']']) depth--
      else if (depth === 0) {
        while (at < length && !ENDS.has(bytes[at])) at++
        break
      }
      at++
    } while (depth > 0)
    this.#at = at
  }
}

const CODE = { '"': 0x22, '\\': 0x5c, '{': 0x7b, '}': 0x7d, '[': 0x5b, ']': 0x5d, ':': 0x3a, ',': 0x2c } as const

/** What ends a number or a word. */
const ENDS: ReadonlySet<number | undefined> = new Set([0x20, 0x0a, 0x0d, 0x09, CODE[','], CODE['}'], CODE[']']])

function misread(expected: string): never {
  throw new SyntaxError(`expected ${expected}`)
}
