import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { ConnectionLost } from './aws-error.ts'
import { bodyBytes, type SandboxRequest } from './request.ts'
import type { Sandbox } from './sandbox.ts'

export type SandboxServer = { readonly url: string; close(): Promise<void> }

/** Far above IAM's own limit of 131,072 characters, percent-encoded. */
const LARGEST_BODY = 1_000_000

const UNEXPECTED = JSON.stringify({ __type: 'InternalFailure', message: 'The embedded account failed at this request.' })

/** Serves an account over HTTP to clients of this machine only. Port 0 takes a free one. */
export async function serveSandbox(sandbox: Sandbox, options: { readonly port: number }): Promise<SandboxServer> {
  const server = createServer((incoming, outgoing) => {
    answer(sandbox, incoming, outgoing).catch((error: unknown) => endBadly(error, outgoing))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(sandbox: Sandbox, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController()
  outgoing.on('close', () => gone.abort())
  const response = await sandbox.handle(await requestOf(incoming), gone.signal)
  const bytes = bodyBytes(response)
  outgoing.writeHead(response.status, { ...response.headers, 'content-length': bytes.byteLength })
  outgoing.end(bytes)
}

/** A fault ends the connection; what nobody expected is answered, so that the client does not take it for a bad line. */
function endBadly(error: unknown, outgoing: ServerResponse): void {
  if (error instanceof ConnectionLost || outgoing.headersSent || outgoing.destroyed) outgoing.destroy()
  else outgoing.writeHead(500, { 'content-type': 'application/json', 'x-amzn-errortype': 'InternalFailure' }).end(UNEXPECTED)
}

async function requestOf(incoming: IncomingMessage): Promise<SandboxRequest> {
  const url = new URL(incoming.url ?? '/', 'http://sandbox')
  const body = await bodyOf(incoming)
  return {
    method: incoming.method ?? 'GET',
    host: incoming.headers.host ?? '',
    path: url.pathname,
    query: queryOf(url.searchParams),
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    ...(body === null ? { body: '', tooLarge: true } : { body: body.toString('utf8') }),
  }
}

/** Null where it is too large: then it is read to its end but not kept, because a client listens only after it has sent all. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk)
    size += bytes.byteLength
    if (size <= LARGEST_BODY) chunks.push(bytes)
    else chunks.length = 0
  }
  return size <= LARGEST_BODY ? Buffer.concat(chunks) : null
}

function queryOf(search: URLSearchParams): SandboxRequest['query'] {
  return Object.fromEntries([...new Set(search.keys())].map((name) => [name, oneOrMore(search.getAll(name))]))
}

function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [first, ...rest] = values
  return first !== undefined && rest.length === 0 ? first : values
}
