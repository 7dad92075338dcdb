import type { RequirementReader } from '../authorisation/requirement.ts'
import type { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import type { SandboxRequest, SandboxResponse } from '../request.ts'

/** `read` changes nothing; `job` stores a job of its own and leaves the account as it is; `write` changes the account. */
export type Effect = 'read' | 'job' | 'write'

/** A request that was read by its protocol and is ready to run. `run` throws `AwsError` for what AWS refuses. */
export type ServiceCall = {
  readonly operation: string
  readonly params: Readonly<Record<string, unknown>>
  readonly effect: Effect
  run(context: CallContext, requestId: string): SandboxResponse
}

/** One AWS service: reads requests by its protocol and writes its errors. `read` throws `AwsError` on an unknown operation. */
export type Service = {
  readonly id: string
  /** How CloudTrail calls it: `iam.amazonaws.com`. */
  readonly eventSource: string
  /** What a caller must be allowed to do. */
  readonly requirement: RequirementReader
  read(request: SandboxRequest): ServiceCall
  /** The name under which this service answers an error. */
  codeOf(error: AwsError): string
  refuse(error: AwsError, requestId: string): SandboxResponse
}
