import type { Period } from '../ports/observations.ts'
import type { Asking } from './await-job.ts'
import type { CallRow } from './call-rows.ts'

/** A place that keeps an account's events and can be asked to count them. AWS bills by what a query reads. */
export type CallStore = {
  readonly service: 'CloudTrail Lake' | 'CloudWatch Logs Insights'
  readonly name: string
  readonly keptDays: number
  query(asking: Asking, period: Period): Promise<CallsAnswer>
}

/** `isWhole` is false where the answer was cut off. */
export type CallsAnswer =
  | { readonly problem: string }
  | { readonly problem: null; readonly isWhole: boolean; readonly rows: readonly CallRow[] }
