import type { ActionName } from '../policy/names.ts'

/** How many are named: the plan has them all. */
const NAMED = 3

/**
 * A role that manages other roles cannot repair them, or itself, once it has lost its rights on IAM. Null where the stage takes
 * none; else what people should hear before, with the way back that needs neither the role nor this program.
 */
export function losesIam(roleName: string, removes: readonly ActionName[], restoreScript: string | null): string | null {
  const lost = removes.filter((action) => /^iam:(?!Get|List|Generate|Simulate|PassRole)/i.test(action))
  if (lost.length === 0) return null
  const more = lost.length > NAMED ? ` and ${lost.length - NAMED} more` : ''
  const wayBack = restoreScript === null ? '' : `; the way back without it: sh ${restoreScript}`
  return `${roleName} loses rights on IAM (${lost.slice(0, NAMED).join(', ')}${more}): it can repair no role with them any more${wayBack}`
}
