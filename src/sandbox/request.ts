/** An HTTP request as it reaches the sandbox, from an SDK's handler or from the loopback server. Header names are lower case. */
export type SandboxRequest = {
  readonly method: string
  readonly host: string
  readonly path: string
  readonly query: Readonly<Record<string, string | readonly string[]>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

export type SandboxResponse = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export function bodyText(request: SandboxRequest): string {
  return typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body)
}
