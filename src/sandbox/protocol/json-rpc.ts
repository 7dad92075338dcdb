import type { RequirementReader } from '../authorisation/requirement.ts'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { bodyText, type SandboxRequest } from '../request.ts'
import { jsonRefusal } from './json-refusal.ts'
import type { JsonParams } from './rest-json.ts'
import type { Effect, Service } from './service.ts'

/** One operation of a JSON 1.1 service. */
export type JsonOperation = { readonly effect: Effect; run(params: JsonParams, context: CallContext): Readonly<Record<string, unknown>> }

export type JsonOperations = Readonly<Record<string, JsonOperation>>

type JsonService = {
  readonly id: string
  readonly eventSource: string
  readonly operations: JsonOperations
  readonly requirement: RequirementReader
}

/** AWS JSON 1.1: `X-Amz-Target: Service_20131101.Operation` and a JSON body in, JSON out (CloudTrail, Logs, Organizations). */
export function jsonRpcService({ id, eventSource, operations, requirement }: JsonService): Service {
  return {
    id,
    eventSource,
    requirement,
    read(request) {
      const name = request.headers['x-amz-target']?.split('.').at(-1) ?? ''
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
      if (operation === undefined) throw new AwsError('UnknownOperationException', 400, `The operation ${name || '(none)'} is not known`)
      const params = readBody(request)
      return {
        operation: name,
        params,
        effect: operation.effect,
        run: (context, requestId) => answer(200, operation.run(params, context), requestId),
      }
    },
    codeOf: (error) => jsonRefusal(error).code,
    refuse(error, requestId) {
      const { code, status } = jsonRefusal(error)
      // These services answer 400 where others answer 403, 404 or 409.
      return answer(status >= 500 || status === 429 ? status : 400, { __type: code, message: error.message }, requestId)
    },
  }
}

function readBody(request: SandboxRequest): JsonParams {
  try {
    const parsed: unknown = JSON.parse(bodyText(request) || '{}')
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return Object.fromEntries(Object.entries(parsed))
  } catch {
    // falls through
  }
  throw new AwsError('SerializationException', 400, 'The request body is not a JSON object')
}

/** CloudTrail and its kin write instants as seconds since 1970. */
export function epochSeconds(iso: string): number {
  return Date.parse(iso) / 1000
}

function answer(status: number, body: unknown, requestId: string) {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId }, body: JSON.stringify(body) }
}
