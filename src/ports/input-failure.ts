/** A file given by the user cannot be read as what it should be. `message` is one line: the file, the place, what was expected. */
export class InputFailure extends Error {
  override readonly name = 'InputFailure'
  readonly file: string
  /** Where in the file, such as `RoleDetailList[3].Arn` or `line 4, column 7`; empty where the whole file is meant. */
  readonly place: string
  constructor(failure: { file: string; place: string; message: string; cause?: unknown }) {
    const where = failure.place === '' ? failure.file : `${failure.file}: ${failure.place}`
    super(visible(`${where}: ${failure.message}`), { cause: failure.cause })
    this.file = failure.file
    this.place = failure.place
  }
}

/** Keys of a hostile file stand in the message: control characters and bidi overrides are shown as escapes. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
