/** One call as the sandbox saw it. `outcome` is `ok`, AWS's error code, or what became of the connection. */
export type LoggedCall = {
  readonly at: string
  readonly service: string
  readonly operation: string
  readonly params: Readonly<Record<string, unknown>>
  /** Who signed; null where nobody did. */
  readonly accessKeyId: string | null
  readonly outcome: string
}

const KEPT_CALLS = 50_000

/** The newest calls of this process, oldest first. */
export type CallLog = { readonly calls: readonly LoggedCall[]; note(call: LoggedCall): void }

export function createCallLog(): CallLog {
  const calls: LoggedCall[] = []
  return {
    calls,
    note(call) {
      calls.push(call)
      if (calls.length > KEPT_CALLS) calls.splice(0, KEPT_CALLS / 2)
    },
  }
}
