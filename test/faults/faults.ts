import type { OperationOutcome } from '../../src/change/change.ts'
import type { FaultVerdict } from '../../src/sandbox/index.ts'

/** What goes wrong at one operation of a change. */
export type Fault =
  /** The process dies when the journal is told of the operation. */
  | { readonly kind: 'killed'; readonly at: OperationOutcome }
  /** The journal cannot be written. */
  | { readonly kind: 'disk-full'; readonly at: OperationOutcome }
  /** AWS misbehaves this many times. */
  | { readonly kind: 'aws'; readonly times: number; readonly verdict: FaultVerdict }
  /** Another admin was there first: an unrelated policy, or the very policy of the operation. */
  | { readonly kind: 'edit'; readonly what: 'unrelated' | 'same' }

const error = (code: string, status: number): FaultVerdict => ({ kind: 'error', code, status, message: 'injected' })
const aws = (times: number, verdict: FaultVerdict): Fault => ({ kind: 'aws', times, verdict })

export const faults: Readonly<Record<string, Fault>> = {
  'killed before the call': { kind: 'killed', at: 'started' },
  'killed after the call': { kind: 'killed', at: 'done' },
  'answer lost after the write': aws(1, { kind: 'response-lost' }),
  'throttled ten times': aws(10, { kind: 'throttle' }),
  'server error': aws(2, { kind: 'server-error', status: 503 }),
  'page of a proxy': aws(1, { kind: 'html-error', status: 502 }),
  'connection reset': aws(2, { kind: 'connection-reset' }),
  ConcurrentModification: aws(2, error('ConcurrentModification', 409)),
  'AccessDenied on this and all later writes': aws(Number.POSITIVE_INFINITY, { kind: 'access-denied' }),
  LimitExceeded: aws(1, error('LimitExceeded', 409)),
  MalformedPolicyDocument: aws(1, error('MalformedPolicyDocument', 400)),
  'disk full before the call': { kind: 'disk-full', at: 'started' },
  'disk full after the call': { kind: 'disk-full', at: 'done' },
  'unrelated edit by another admin': { kind: 'edit', what: 'unrelated' },
  'edit of the same policy by another admin': { kind: 'edit', what: 'same' },
}

export const faultNames = Object.keys(faults)
