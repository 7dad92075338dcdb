/**
 * What kind of trouble an AWS call met. `throttled` and `unavailable` may pass; `unknown-outcome` means that the
 * request may have been carried out; `refused` carries AWS's own code and will not pass by itself.
 */
export type AwsFailureKind = 'credentials' | 'denied' | 'throttled' | 'unavailable' | 'unknown-outcome' | 'refused' | 'cancelled'

/** The one exception that the AWS edge throws. `message` is one line for people. */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure'
  readonly kind: AwsFailureKind
  /** AWS's error code, such as `LimitExceeded`, without the suffix `Exception`; empty where there was no answer. */
  readonly code: string
  readonly operation: string
  constructor(failure: { kind: AwsFailureKind; code: string; operation: string; message: string; cause?: unknown }) {
    super(failure.message, { cause: failure.cause })
    this.kind = failure.kind
    this.code = failure.code
    this.operation = failure.operation
  }
}
