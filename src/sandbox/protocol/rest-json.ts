import type { RequirementReader } from '../authorisation/requirement.ts'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { bodyText, type SandboxRequest } from '../request.ts'
import { jsonRefusal } from './json-refusal.ts'
import type { Effect, Service } from './service.ts'

/** Path labels, query and body members of one request in one record; a list in the query stays a list. */
export type JsonParams = Readonly<Record<string, unknown>>

/** One operation of a REST-JSON service. `path` has labels in braces: `/findingv2/{id}`. */
export type RestOperation = {
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly effect: Effect
  run(params: JsonParams, context: CallContext): Readonly<Record<string, unknown>>
}

/** REST-JSON: paths and JSON bodies in, JSON out (Access Analyzer). */
export function restJsonService(id: string, operations: readonly RestOperation[], requirement: RequirementReader): Service {
  return {
    id,
    eventSource: `${id}.amazonaws.com`,
    requirement,
    read(request) {
      for (const operation of operations) {
        const labels = operation.method === request.method ? labelsOf(operation.path, request.path) : null
        if (labels === null) continue
        const params = { ...bodyOf(request), ...request.query, ...labels }
        return {
          operation: operation.name,
          params,
          effect: operation.effect,
          run: (context, requestId) => json(200, operation.run(params, context), requestId),
        }
      }
      throw new AwsError('UnknownOperationException', 404, `The operation ${request.method} ${request.path} is not known`)
    },
    codeOf: (error) => jsonRefusal(error).code,
    refuse(error, requestId) {
      const { code, status } = jsonRefusal(error)
      const response = json(status, { message: error.message }, requestId)
      return { ...response, headers: { ...response.headers, 'x-amzn-errortype': code } }
    },
  }
}

function labelsOf(template: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = template.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const labels: Record<string, string> = {}
  for (const [place, part] of wanted.entries()) {
    const value = given[place] ?? ''
    if (part.startsWith('{')) labels[part.slice(1, -1)] = decoded(value)
    else if (part !== value) return null
  }
  return labels
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new AwsError('ValidationException', 400, `The path part ${text} is not percent-encoded`)
  }
}

function bodyOf(request: SandboxRequest): JsonParams {
  const text = bodyText(request)
  if (text === '') return {}
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return Object.fromEntries(Object.entries(parsed))
  } catch {
    // falls through
  }
  throw new AwsError('ValidationException', 400, 'The request body is not a JSON object')
}

function json(status: number, body: unknown, requestId: string) {
  return { status, headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId }, body: JSON.stringify(body) }
}
