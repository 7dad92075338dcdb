import type { Account } from '../account/account.ts'
import { parseAccount } from '../account/parse-account.ts'
import { InputFailure } from '../ports/input-failure.ts'
import { readJsonFile } from './read-json-file.ts'

/**
 * Reads `--account-file`: what `aws iam get-account-authorization-details` printed, or a list of such pages.
 * Throws `InputFailure`.
 */
export async function readAccountFile(file: string): Promise<Account> {
  const parsed = parseAccount(await readJsonFile(file))
  if (!parsed.ok) throw new InputFailure({ file, place: parsed.place, message: parsed.message })
  return parsed.account
}
