/**
 * The second step of a quarantine: a Deny before the unchanged statements of the trust policy, so that no new session begins.
 * Refused where the text could not be put back: then it would stay, or trust somebody else.
 */
import type { Account } from '../account/account.ts'
import type { RoleState } from '../account/role-state.ts'
import { trustNames } from '../account/trust-principals.ts'
import type { Operation } from '../plan/operation.ts'
import type { Arn } from '../policy/names.ts'
import { putStatementFirst } from '../policy/put-statement-first.ts'
import { policySize } from '../policy/size.ts'
import type { LiveReader } from '../ports/aws.ts'
import { done, refuse } from './outcome.ts'
import type { Outcome } from './use-cases.ts'

/** What AWS allows without a raised quota; characters without white space. */
const TRUST_LIMIT = 2048

const DENY = {
  Sid: 'ZtTuiQuarantine',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'],
}

export async function denyTrust(live: LiveReader, account: Account | null, role: RoleState): Promise<Outcome<Operation>> {
  const after = putStatementFirst(role.trust, DENY)
  const names = trustNames(role.trust)
  const no = (why: string) => refuse(4, 'trust', `the trust policy of ${role.roleName} ${why}`, 'quarantine it without --trust')
  if (after === null || !names.readable) return no('cannot be read as statements')
  if (names.ids.length > 0) return no(`names ${names.ids.join(', ')}, which are gone: AWS would not take it back`)
  if (names.strange.length > 0) return no(`names ${names.strange.join(', ')}, which nobody can look up`)
  for (const principal of names.principals)
    if (!(await isThere(live, account, { principal, accountId: role.arn.split(':')[4] ?? '' })))
      return no(`names ${principal}, which cannot be verified: putting it back may fail, or trust somebody else`)
  if (policySize(after) > TRUST_LIMIT) return no(`would need ${policySize(after)} characters of ${TRUST_LIMIT}`)
  return done({ kind: 'UpdateAssumeRolePolicy', before: role.trust, after })
}

type Named = { readonly principal: Arn; readonly accountId: string }

/** Only principals of this account can be looked up. */
async function isThere(live: LiveReader, account: Account | null, { principal, accountId }: Named): Promise<boolean> {
  if (principal.split(':')[4] !== accountId) return false
  if (account?.users.some(({ arn }) => arn === principal) === true) return true
  if (!/:role\//.test(principal)) return false
  const found = await live.roleState(principal.split('/').at(-1) ?? '')
  return found?.arn === principal
}
