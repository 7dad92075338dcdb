import type { Account } from '../account/account.ts'
import { describeIssue } from '../account/parse-issue.ts'
import type { CalledActions } from '../evidence/called-actions.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { InputFailure } from '../ports/input-failure.ts'
import { cutUsage } from './cut-usage.ts'
import { parseUsage, type UsageFile, usageFile } from './parse-usage.ts'
import { parseJsonFile, readFileBytes } from './read-json-file.ts'

/**
 * Reads `--usage-file` for the roles of the account. Without `calledActions` CloudTrail records count only where AWS's own
 * wording of a denial names the action. Throws `InputFailure`.
 */
export async function readUsageFile(file: string, account: Account, calledActions: CalledActions = () => []): Promise<Evidence> {
  return parseUsage(await loadUsageFile(file), account, calledActions)
}

/** The checked file. Throws `InputFailure`. */
export async function loadUsageFile(file: string): Promise<UsageFile> {
  const bytes = await readFileBytes(file)
  return cutUsage(bytes) ?? readWhole(file, bytes)
}

function readWhole(file: string, bytes: Buffer): UsageFile {
  const source = parseJsonFile(file, bytes)
  const parsed = usageFile.safeParse(source)
  if (!parsed.success) throw new InputFailure({ file, ...describeIssue(parsed.error) })
  const keys = Object.keys(Object(source))
  const known = Object.keys(usageFile.shape)
  if (keys.length > 0 && !keys.some((key) => known.includes(key))) {
    throw new InputFailure({ file, place: '', message: `expected one of ${known.join(', ')}` })
  }
  return parsed.data
}
