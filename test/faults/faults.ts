import type { ChangeState, OperationOutcome } from '../../src/change/change.ts'
import type { FaultVerdict } from '../../src/sandbox/index.ts'
import type { Course } from './scene.ts'

/** What goes wrong at one operation of a change. */
export type Fault =
  /** The process dies just before AWS is called, or when AWS has done it and the journal is to be told. */
  | { readonly kind: 'killed'; readonly at: OperationOutcome }
  /** AWS refuses the operation, and the process dies at the first or the second call that takes the ones before back. */
  | { readonly kind: 'killed-undoing'; readonly call: 1 | 2 }
  /** The journal cannot be written. */
  | { readonly kind: 'disk-full'; readonly at: OperationOutcome }
  /** AWS misbehaves this many times. */
  | { readonly kind: 'aws'; readonly times: number; readonly verdict: FaultVerdict }
  /** No answer within the client's patience; the call is carried out or not. */
  | { readonly kind: 'timeout'; readonly carriedOut: boolean }
  /** The process dies after the call, and the next one reads an account that does not show the write yet. */
  | { readonly kind: 'killed-and-stale'; readonly seconds: number }
  /** Another admin was there first: an unrelated policy, or the very policy of the operation. */
  | { readonly kind: 'edit'; readonly what: 'unrelated' | 'same' }

/** What goes wrong between operations: the process dies, or the disk is full, when the journal is to be told of a state. */
export type StateFault = { readonly kind: 'killed-at' | 'disk-full-at'; readonly state: ChangeState }

const error = (code: string, status: number): FaultVerdict => ({ kind: 'error', code, status, message: 'injected' })
const aws = (times: number, verdict: FaultVerdict): Fault => ({ kind: 'aws', times, verdict })

export const faults: Readonly<Record<string, Fault>> = {
  'killed before the call': { kind: 'killed', at: 'started' },
  'killed after the call': { kind: 'killed', at: 'done' },
  'killed after the call, stale reads for 5 s': { kind: 'killed-and-stale', seconds: 5 },
  'refused, killed before taking back': { kind: 'killed-undoing', call: 1 },
  'refused, killed while taking back': { kind: 'killed-undoing', call: 2 },
  'answer lost after the write': aws(1, { kind: 'response-lost' }),
  'throttled ten times': aws(10, { kind: 'throttle' }),
  'server error': aws(2, { kind: 'server-error', status: 503 }),
  'page of a proxy': aws(1, { kind: 'html-error', status: 502 }),
  'timeout, not carried out': { kind: 'timeout', carriedOut: false },
  'timeout, carried out': { kind: 'timeout', carriedOut: true },
  'connection reset': aws(2, { kind: 'connection-reset' }),
  ConcurrentModification: aws(2, error('ConcurrentModification', 409)),
  'AccessDenied on this and all later writes': aws(Number.POSITIVE_INFINITY, { kind: 'access-denied' }),
  LimitExceeded: aws(1, error('LimitExceeded', 409)),
  MalformedPolicyDocument: aws(1, error('MalformedPolicyDocument', 400)),
  'stale reads for 5 s': aws(1, { kind: 'stale-reads', seconds: 5 }),
  'disk full before the call': { kind: 'disk-full', at: 'started' },
  'disk full after the call': { kind: 'disk-full', at: 'done' },
  'unrelated edit by another admin': { kind: 'edit', what: 'unrelated' },
  'edit of the same policy by another admin': { kind: 'edit', what: 'same' },
}

/** The states that a change goes through when nothing goes wrong; a rollback also sets the state of what it takes back. */
export const statesOf: Readonly<Record<Course, readonly ChangeState[]>> = {
  apply: ['snapshotted', 'applying', 'applied', 'verified', 'soaking'],
  rollback: ['snapshotted', 'rolling-back', 'rolled-back', 'verified'],
}

export const isKill = ({ kind }: Fault | StateFault): boolean => kind.startsWith('killed')
