/** An HTTP request as it reaches the sandbox, from an SDK's handler or from the loopback server. Header names are lower case. */
export type SandboxRequest = {
  readonly method: string
  readonly host: string
  readonly path: string
  readonly query: Readonly<Record<string, string | readonly string[]>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  /** The body was more than any client of AWS sends, and was not kept. */
  readonly tooLarge?: boolean
}

export type SandboxResponse = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

export function bodyBytes({ body }: SandboxResponse): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : body
}

export function bodyText(request: SandboxRequest): string {
  return typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body)
}

/** The parameters of a query: in the body as a form, or in the address. */
export function formOf(request: SandboxRequest): URLSearchParams {
  const body = bodyText(request)
  if (body !== '') return new URLSearchParams(body)
  const form = new URLSearchParams()
  for (const [name, values] of Object.entries(request.query)) for (const value of [values].flat()) form.append(name, value)
  return form
}
