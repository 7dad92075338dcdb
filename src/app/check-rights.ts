import type { RoleState } from '../account/role-state.ts'
import type { Operation } from '../plan/operation.ts'
import type { LiveReader } from '../ports/aws.ts'
import { rightsFor } from './needed-rights.ts'

/** `lacking` names what the caller may not do, for people; `unknown`: the simulator cannot be asked, so AWS itself will tell. */
export type RightsVerdict = { readonly kind: 'enough' } | { readonly kind: 'unknown' } | { readonly kind: 'lacking'; readonly list: string }

/** Whether the caller may do every operation and every inverse: a way back that AWS refuses is none. */
export async function checkRights(
  live: LiveReader,
  role: Pick<RoleState, 'arn'>,
  operations: readonly Operation[],
): Promise<RightsVerdict> {
  const rights = rightsFor(role, operations)
  const answers = await live.rights(rights)
  if (answers === null) return { kind: 'unknown' }
  const lacking = rights.filter((_, at) => answers[at] !== true)
  if (lacking.length === 0) return { kind: 'enough' }
  return { kind: 'lacking', list: lacking.map(({ action, resource }) => `${action} on ${resource}`).join(', ') }
}

/** What people should hear before the first write; null when there is nothing to fear. */
export function rightsWarning(verdict: RightsVerdict): string | null {
  if (verdict.kind === 'unknown')
    return 'whether you may do all of this and its way back is not known: iam:SimulatePrincipalPolicy cannot be asked'
  return verdict.kind === 'lacking'
    ? `AWS's simulator says that you may not: ${verdict.list}; if AWS refuses, finish with zt-tui recover as somebody who may`
    : null
}
