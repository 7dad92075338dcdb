import type { Refusal } from '../app/use-cases.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import { InputFailure } from '../ports/input-failure.ts'
import { LedgerFailure } from '../ports/ledger-failure.ts'
import { clean } from '../words/clean.ts'
import { UsageError } from './usage-error.ts'

/** What stderr says, and the exit code of contract.md. */
export type FailureReport = { readonly code: number; readonly lines: readonly string[] }

const report = (code: number, message: string, hint: string | null = null): FailureReport => ({
  code,
  lines: [`zt-tui: ${clean(message)}`, ...(hint === null ? [] : [clean(hint)])],
})

export const refusalReport = ({ code, message, hint }: Refusal): FailureReport => report(code, message, hint)

const awsHints: Partial<Record<AwsFailure['kind'], string>> = {
  credentials: 'Sign in as for the AWS CLI (`aws configure`, AWS_PROFILE), or try `--demo`.',
  denied: 'The rights that the program needs are missing: sign in as somebody who has them.',
  throttled: 'AWS asks for fewer calls: try again in a minute.',
  unavailable: 'Check the network, --region and --endpoint-url, then try again.',
}

/** What an exception of the edges means to the user; null for a bug. `changeBegan`: writes may have been done. */
export function failureReport(error: unknown, changeBegan: boolean): FailureReport | null {
  if (error instanceof UsageError) return report(2, error.message, error.hint)
  if (error instanceof InputFailure) return report(2, error.message)
  if (changeBegan && (error instanceof LedgerFailure || error instanceof AwsFailure)) {
    return report(5, error.message, 'The change is interrupted: run `zt-tui recover`.')
  }
  if (error instanceof LedgerFailure) return report(3, error.message)
  if (error instanceof AwsFailure) return report(3, error.message, awsHints[error.kind] ?? null)
  return null
}
