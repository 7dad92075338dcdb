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
 * drops it before anything happens; `html-error` is the page of a proxy that is not AWS, `html-ok` the same with status 200;
 * `truncated-body` is an answer of which half is missing; `delay` only makes it slow. After a write with `stale-reads` all
 * reads show the account as it was before it, for so many seconds of the account's time. `edit` lets another administrator
 * make an IAM call just before, or just after, this one.
 */
export type FaultVerdict =
  | { readonly kind: 'throttle' }
  | { readonly kind: 'server-error'; readonly status?: ServerErrorStatus | undefined }
  | { readonly kind: 'html-error'; readonly status?: ServerErrorStatus | undefined }
  | { readonly kind: 'html-ok' }
  | { readonly kind: 'truncated-body' }
  | { readonly kind: 'response-lost' }
  | { readonly kind: 'connection-reset' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'stale-reads'; readonly seconds: number }
  | {
      readonly kind: 'edit'
      readonly operation: string
      readonly params: Readonly<Record<string, string>>
      readonly when?: 'before' | 'after' | undefined
    }
  | { readonly kind: 'access-denied' }
  | { readonly kind: 'error'; readonly code: string; readonly status: number; readonly message: string }

type ServerErrorStatus = 500 | 502 | 503 | 504

export type FaultHook = (call: FaultCall) => FaultVerdict | null

/** One line of a fault script: calls of an operation (`*`: of any) meet the verdict, from the n-th on, so many times. */
export type ScriptedFault = {
  readonly operation: string
  readonly service?: string | undefined
  readonly n?: number | undefined
  /** Default: once where `n` is given, else every time. */
  readonly times?: number | undefined
  readonly verdict: FaultVerdict
}

export function scriptedFaults(script: readonly ScriptedFault[]): FaultHook {
  return (call) => script.find((line) => isMeant(line, call))?.verdict ?? null
}

function isMeant({ operation, service, n, times }: ScriptedFault, call: FaultCall): boolean {
  if (operation !== '*' && operation !== call.operation) return false
  if (service !== undefined && service !== call.service) return false
  if (n === undefined && times === undefined) return true
  const first = n ?? 1
  return call.n >= first && call.n < first + (times ?? 1)
}

/** The error that AWS would answer for a verdict, or null where the verdict is no answer. Each service names it in its own way. */
export function faultError(verdict: FaultVerdict, call: FaultCall, callerArn: string): AwsError | null {
  switch (verdict.kind) {
    case 'throttle':
      return new AwsError('Throttling', 400, 'Rate exceeded')
    case 'server-error': {
      const message = 'The request processing has failed because of an unknown error, exception or failure.'
      return new AwsError('ServiceFailure', verdict.status ?? 500, message)
    }
    case 'access-denied': {
      const action = `${call.service}:${call.operation}`
      const message = `User: ${callerArn} is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`
      return new AwsError('AccessDenied', 403, message)
    }
    case 'error':
      return new AwsError(verdict.code, verdict.status, verdict.message)
    default:
      return null
  }
}
