import type { RequirementReader } from '../authorisation/requirement.ts'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { formOf } from '../request.ts'
import { QueryParams } from './query-params.ts'
import type { Effect, Service } from './service.ts'
import { element, wrap } from './xml.ts'

/** One operation of a query-protocol service. `run` gives the inner XML of its result, or null where AWS answers without one. */
export type QueryOperation = { readonly effect: Effect; run(params: QueryParams, context: CallContext): string | null }

export type QueryOperations = Readonly<Record<string, QueryOperation>>

/** AWS Query: a form with `Action=…&Version=…` in, XML out (IAM, STS). */
export function queryService(service: {
  id: string
  version: string
  namespace: string
  operations: QueryOperations
  requirement?: RequirementReader
}): Service {
  const { id, version, namespace, operations, requirement = () => null } = service
  return {
    id,
    eventSource: `${id}.amazonaws.com`,
    requirement,
    read(request) {
      const params = new QueryParams(formOf(request))
      const name = params.optional('Action') ?? ''
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
      if (operation === undefined)
        throw new AwsError('InvalidAction', 400, `Could not find operation ${name || '(none)'} for version ${version}`)
      return {
        operation: name,
        params: params.record(),
        effect: operation.effect,
        run(context, requestId) {
          const result = operation.run(params, context)
          const inner = (result === null ? '' : wrap(`${name}Result`, result)) + wrap('ResponseMetadata', element('RequestId', requestId))
          return xml(200, `<${name}Response xmlns="${namespace}">${inner}</${name}Response>`, requestId)
        },
      }
    },
    codeOf: (error) => error.code,
    refuse(error, requestId) {
      const fault =
        element('Type', error.status >= 500 ? 'Receiver' : 'Sender') + element('Code', error.code) + element('Message', error.message)
      return xml(
        error.status,
        `<ErrorResponse xmlns="${namespace}">${wrap('Error', fault)}${element('RequestId', requestId)}</ErrorResponse>`,
        requestId,
      )
    },
  }
}

function xml(status: number, body: string, requestId: string) {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body }
}
