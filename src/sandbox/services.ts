import { accessAnalyzerService } from './access-analyzer/operations.ts'
import { AwsError } from './aws-error.ts'
import { cloudTrailService } from './cloudtrail/operations.ts'
import { iamService } from './iam/operations.ts'
import { logsService } from './logs/operations.ts'
import { organizationsService } from './organizations/operations.ts'
import { queryService } from './protocol/query.ts'
import type { Service } from './protocol/service.ts'
import { element, wrap } from './protocol/xml.ts'
import { formOf, type SandboxRequest, type SandboxResponse } from './request.ts'
import type { SignedScope } from './signed-scope.ts'
import { stsService } from './sts/operations.ts'

const services: readonly Service[] = [iamService, stsService, accessAnalyzerService, cloudTrailService, logsService, organizationsService]

/** Which service an unsigned query is for: where all share one address, the version tells. */
const versions: Readonly<Record<string, string>> = { '2010-05-08': 'iam', '2011-06-15': 'sts' }

/** The service that a request is for. All of them share one address on the loopback server, so the signature decides. */
export function serviceFor(request: SandboxRequest, scope: SignedScope | null): Service {
  const name = scope?.service ?? versions[formOf(request).get('Version') ?? ''] ?? request.host.split('.')[0] ?? ''
  return services.find((service) => service.id === name) ?? absentService(name, request)
}

/** A service that this account does not have answers in the protocol that it was asked in. */
function absentService(name: string, request: SandboxRequest): Service {
  if ((request.headers['content-type'] ?? '').includes('x-www-form-urlencoded')) {
    const version = formOf(request).get('Version') ?? ''
    return queryService({ id: name, version, namespace: `https://${name}.amazonaws.com/doc/${version}/`, operations: {} })
  }
  const operation = request.headers['x-amz-target']?.split('.').at(-1) ?? `${request.method} ${request.path}`
  return {
    id: name,
    eventSource: `${name}.amazonaws.com`,
    requirement: () => null,
    read() {
      throw name === 's3'
        ? new AwsError('NotImplemented', 501, 'This account has no Amazon S3.')
        : new AwsError('UnknownOperationException', 400, `The operation ${operation} of ${name} is not known`)
    },
    codeOf: (error) => error.code,
    refuse: name === 's3' ? refuseAsS3 : refuseAsJson,
  }
}

function refuseAsJson(error: AwsError, requestId: string): SandboxResponse {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId, 'x-amzn-errortype': error.code }
  return { status: error.status, headers, body: JSON.stringify({ __type: error.code, message: error.message }) }
}

function refuseAsS3(error: AwsError, requestId: string): SandboxResponse {
  const inner = element('Code', error.code) + element('Message', error.message) + element('RequestId', requestId)
  return { status: error.status, headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId }, body: wrap('Error', inner) }
}
