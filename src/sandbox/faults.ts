import { AwsError } from './aws-error.ts'

/** One call as the fault hook sees it. `n` counts the calls of this operation from 1. */
export type FaultCall = {
  readonly service: string
  readonly operation: string
  readonly params: Readonly<Record<string, unknown>>
  readonly n: number
}

/**
 * What goes wrong with a call. `response-lost` carries the call out and then drops the connection; `connection-reset`
 * drops it before anything happens; `html-error` is the page of a proxy that is not AWS; `delay` only makes it slow.
 */
export type FaultVerdict =
  | { readonly kind: 'throttle' }
  | { readonly kind: 'server-error'; readonly status?: 500 | 502 | 503 | 504 }
  | { readonly kind: 'html-error'; readonly status?: 500 | 502 | 503 | 504 }
  | { readonly kind: 'response-lost' }
  | { readonly kind: 'connection-reset' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'access-denied' }
  | { readonly kind: 'error'; readonly code: string; readonly status: number; readonly message: string }

export type FaultHook = (call: FaultCall) => FaultVerdict | null

/** One line of a fault script: the n-th call (or every call) of an operation meets the verdict. */
export type ScriptedFault = { readonly operation: string; readonly n?: number; readonly verdict: FaultVerdict }

export function scriptedFaults(script: readonly ScriptedFault[]): FaultHook {
  return (call) => script.find((line) => line.operation === call.operation && (line.n ?? call.n) === call.n)?.verdict ?? null
}

/** The error that AWS would answer for a verdict, or null where the verdict is no answer. */
export function faultError(verdict: FaultVerdict, call: FaultCall, callerArn: string): AwsError | null {
  switch (verdict.kind) {
    case 'throttle':
      return call.service === 'access-analyzer'
        ? new AwsError('ThrottlingException', 429, 'Rate exceeded')
        : new AwsError('Throttling', 400, 'Rate exceeded')
    case 'server-error':
      return call.service === 'access-analyzer'
        ? new AwsError('InternalServerException', verdict.status ?? 500, 'Internal server error')
        : new AwsError(
            'ServiceFailure',
            verdict.status ?? 500,
            'The request processing has failed because of an unknown error, exception or failure.',
          )
    case 'access-denied': {
      const action = `${call.service}:${call.operation}`
      return new AwsError(
        call.service === 'access-analyzer' ? 'AccessDeniedException' : 'AccessDenied',
        403,
        `User: ${callerArn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
      )
    }
    case 'error':
      return new AwsError(verdict.code, verdict.status, verdict.message)
    default:
      return null
  }
}
