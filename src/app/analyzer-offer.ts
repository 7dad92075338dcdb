/**
 * Where an account has no analyzer of unused access, what one would cost and how to make it. This program never makes one: AWS
 * bills it by the month.
 */
import type { Account } from '../account/account.ts'
import { isNoAnalyzer, type SourceStatus } from '../evidence/evidence.ts'
import type { DoctorCheck } from './views.ts'

/** US dollars for each role or user and month, in 2026. */
const PRICE = 0.2
const COMMAND =
  'aws accessanalyzer create-analyzer --analyzer-name unused-access --type ACCOUNT_UNUSED_ACCESS --configuration unusedAccess={unusedAccessAge=90}'

export function analyzerOffer(
  sources: readonly SourceStatus[],
  { roles, users }: Pick<Account, 'roles' | 'users'>,
): readonly DoctorCheck[] {
  if (!sources.some((source) => isNoAnalyzer(source))) return []
  const principals = roles.length + users.length
  const price = `AWS bills ${PRICE.toFixed(2)} USD for each role and user a month, up to ${(PRICE * principals).toFixed(2)} USD here`
  const free = "without one, IAM's last-accessed reports are used, and with Security Hub an analyzer comes without charge"
  return [{ id: 'analyzer', status: 'ok', message: `${free}; to make one (${price}): ${COMMAND}` }]
}
