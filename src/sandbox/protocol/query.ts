import type { RequirementReader } from '../authorisation/requirement.ts'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { formOf, type SandboxResponse } from '../request.ts'
import { QueryParams } from './query-params.ts'
import type { Effect, Service } from './service.ts'
import { element, wrap, type XmlPieces, xmlBytes } from './xml.ts'

/** One operation of a query-protocol service. `run` gives the inner XML of its result, or null where AWS answers without one. */
export type QueryOperation = { readonly effect: Effect; run(params: QueryParams, context: CallContext): string | XmlPieces | null }

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
          const start = `<${name}Response xmlns="${namespace}">`
          const end = `${wrap('ResponseMetadata', element('RequestId', requestId))}</${name}Response>`
          if (result === null) return xml(200, start + end, requestId)
          if (typeof result === 'string') return xml(200, start + wrap(`${name}Result`, result) + end, requestId)
          return xml(200, xmlBytes([`${start}<${name}Result>`, ...result, `</${name}Result>${end}`]), requestId)
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

function xml(status: number, body: SandboxResponse['body'], requestId: string) {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body }
}
