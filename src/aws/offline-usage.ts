import type { Account } from '../account/account.ts'
import { describeIssue } from '../account/parse-issue.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { InputFailure } from '../ports/input-failure.ts'
import type { ActionOf } from './parse-cloudtrail.ts'
import { parseUsage, usageFile } from './parse-usage.ts'
import { readJsonFile } from './read-json-file.ts'

export type UsageFileOptions = { readonly actionOf?: ActionOf }

/**
 * Reads `--usage-file` for the roles of the account. Without `actionOf` CloudTrail records count only where AWS's own
 * wording of a denial names the action. Throws `InputFailure`.
 */
export async function readUsageFile(file: string, account: Account, options: UsageFileOptions = {}): Promise<Evidence> {
  const source = await readJsonFile(file)
  const parsed = usageFile.safeParse(source)
  if (!parsed.success) throw new InputFailure({ file, ...describeIssue(parsed.error) })
  const keys = Object.keys(Object(source))
  const known = Object.keys(usageFile.shape)
  if (keys.length > 0 && !keys.some((key) => known.includes(key))) {
    throw new InputFailure({ file, place: '', message: `expected one of ${known.join(', ')}` })
  }
  return parseUsage(parsed.data, account, options.actionOf ?? (() => null))
}
