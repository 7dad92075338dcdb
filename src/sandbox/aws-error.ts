/** What AWS refuses: its code (the wire name, such as `NoSuchEntity`), its HTTP status and its sentence. */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  readonly code: string
  readonly status: number
  constructor(code: string, status: number, message: string) {
    super(message)
    this.code = code
    this.status = status
  }
}

/** The connection ends without an answer. Clients see a socket error; `code` is Node's name for it. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
  readonly code = 'ECONNRESET'
  constructor() {
    super('socket hang up')
  }
}
