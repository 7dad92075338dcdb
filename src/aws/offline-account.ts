import type { Account } from '../account/account.ts'
import { parseAccount } from '../account/parse-account.ts'
import { InputFailure } from '../ports/input-failure.ts'
import { readJsonFile } from './read-json-file.ts'

/**
 * Reads `--account-file`: what `aws iam get-account-authorization-details` printed, or a list of such pages.
 * Throws `InputFailure`.
 */
export async function readAccountFile(file: string): Promise<Account> {
  const source = await readJsonFile(file)
  const parsed = parseAccount(source)
  if (!parsed.ok) throw new InputFailure({ file, place: parsed.place, message: parsed.message })
  if (![source].flat().some(hasList)) throw new InputFailure({ file, place: '', message: `expected one of ${LISTS.join(', ')}` })
  return parsed.account
}

const LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies']

/** Each list is optional; a file that has none of them was made by something else. */
const hasList = (page: unknown): boolean => LISTS.some((list) => list in Object(page))
