import { Readable } from 'node:stream'
import { type AwsClients, createAwsClients } from '../../../src/aws/clients.ts'

/** One HTTP request of the SDK, as a server sees it. */
export type Call = {
  /** `iam`, `sts`, `access-analyzer`. */
  readonly service: string
  readonly region: string
  /** The query protocol's `Action`, or method and path of a REST call (`GET /findingv2/f-1`). */
  readonly action: string
  /** The JSON protocol's operation with its service, such as `…CloudTrail_20131101.LookupEvents`; else empty. */
  readonly target: string
  readonly params: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
}

export type Answer = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly text: string }

export type StandIn = { readonly clients: AwsClients; readonly calls: readonly Call[]; readonly warnings: readonly string[] }

type Request = {
  hostname: string
  method: string
  path: string
  query?: Record<string, string | string[] | null>
  headers: Record<string, string>
  body?: unknown
}

/** Real SDK clients whose HTTP requests are answered by a function. A thrown error is a broken connection. */
export function standIn(answer: (call: Call, signal: AbortSignal | undefined) => Answer | Promise<Answer>): StandIn {
  const calls: Call[] = []
  const warnings: string[] = []
  const requestHandler = {
    handle: async (request: Request, options: { abortSignal?: AbortSignal } = {}) => {
      const call = read(request)
      calls.push(call)
      const { status = 200, headers = {}, text } = await answer(call, options.abortSignal)
      return { response: { statusCode: status, headers, body: Readable.from([Buffer.from(text)]) } }
    },
  }
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' }
  const clients = createAwsClients({ credentials, requestHandler, region: 'eu-west-1', onWarning: (text) => warnings.push(text) })
  return { clients, calls, warnings }
}

function read(request: Request): Call {
  const text = request.body instanceof Uint8Array ? new TextDecoder().decode(request.body) : String(request.body ?? '')
  const [service = '', region = ''] = request.hostname.split('.')
  const target = request.headers['x-amz-target'] ?? ''
  const where = { service, target, region: service === 'access-analyzer' ? region : '' }
  if (service !== 'iam' && service !== 'sts') {
    const params = Object.fromEntries(Object.entries(request.query ?? {}).map(([key, value]) => [key, String(value)]))
    return {
      ...where,
      action: `${request.method} ${decodeURIComponent(request.path)}`,
      params,
      body: text === '' ? {} : Object(JSON.parse(text)),
    }
  }
  const params = Object.fromEntries(new URLSearchParams(text))
  return { ...where, action: params.Action ?? '', params, body: {} }
}

/** An answer of the query protocol. Lists are arrays, dates are dates. */
export function xml(call: Call, result: object): Answer {
  return { text: `<${call.action}Response><${call.action}Result>${elements(result)}</${call.action}Result></${call.action}Response>` }
}

export function xmlError(status: number, code: string, message = code): Answer {
  return { status, text: `<ErrorResponse><Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error></ErrorResponse>` }
}

export const json = (body: unknown): Answer => ({ headers: { 'content-type': 'application/json' }, text: JSON.stringify(body) })

export const jsonError = (status: number, type: string, message = type): Answer => ({
  status,
  headers: { 'x-amzn-errortype': type, 'content-type': 'application/json' },
  text: JSON.stringify({ message }),
})

export const htmlError: Answer = {
  status: 500,
  headers: { 'content-type': 'text/html' },
  text: '<!doctype html><title>500</title><h1>Oops',
}

function elements(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map((item) => `<member>${elements(item)}</member>`).join('')
  if (typeof value !== 'object' || value === null) return escapeXml(String(value))
  return Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .map(([key, child]) => `<${key}>${elements(child)}</${key}>`)
    .join('')
}

const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
