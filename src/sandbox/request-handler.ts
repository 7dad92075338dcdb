import { setImmediate } from 'node:timers/promises'
import { bodyBytes, type SandboxRequest, type SandboxResponse } from './request.ts'

/** The parts of the SDK's `HttpRequest` that a server sees. */
export type SdkRequest = {
  readonly method: string
  readonly hostname: string
  readonly path: string
  readonly query?: Readonly<Record<string, string | string[] | null>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

export type SdkResponse = { readonly statusCode: number; readonly headers: Record<string, string>; readonly body: Uint8Array }

/** A `requestHandler` of AWS SDK v3 clients: signing, serialising, retries and error parsing stay the SDK's own. */
export type RequestHandler = {
  readonly metadata: { readonly handlerProtocol: string }
  handle(request: SdkRequest, options?: { readonly abortSignal?: unknown }): Promise<{ response: SdkResponse }>
  destroy(): void
  updateHttpClientConfig(key: never, value: never): void
  httpHandlerConfigs(): Record<string, never>
}

export function requestHandlerFor(handle: (request: SandboxRequest, signal?: AbortSignal) => Promise<SandboxResponse>): RequestHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, options) {
      const signal = options?.abortSignal instanceof AbortSignal ? options.abortSignal : undefined
      // A network would leave the process alone meanwhile: without this, keys wait until a whole scan is answered.
      await setImmediate()
      const response = await handle(sandboxRequest(request), signal)
      return { response: { statusCode: response.status, headers: { ...response.headers }, body: bodyBytes(response) } }
    },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  }
}

function sandboxRequest({ method, hostname, path, query, headers, body }: SdkRequest): SandboxRequest {
  return {
    method,
    host: hostname,
    path,
    query: Object.fromEntries(Object.entries(query ?? {}).map(([name, value]) => [name, value ?? ''])),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: typeof body === 'string' || body instanceof Uint8Array ? body : '',
  }
}
