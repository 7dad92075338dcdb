/** The command line asks for something that is not there. `message` is one line that says what; `hint` one that says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly hint: string | null
  constructor(message: string, hint: string | null = null) {
    super(message)
    this.hint = hint
  }
}
