import type { CallContext } from '../call-context.ts'
import { findRole, roleWithId } from '../state/role-table.ts'
import { findUser, userWithId } from '../state/user-table.ts'
import { listOf, malformedPolicy, readJsonObject, readStatements } from './malformed-policy.ts'
import { entityArn } from './shapes.ts'

const ASSUME_ACTIONS = /^sts:(\*|AssumeRole(WithSAML|WithWebIdentity)?|TagSession|SetSourceIdentity|SetContext)$/i

/** Refuses the trust policies that IAM refuses; a principal of this account must exist. */
export function checkTrustDocument(text: string, context: CallContext): void {
  for (const statement of readStatements(readJsonObject(text))) {
    if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw malformedPolicy('Missing required field Effect')
    if (!('Principal' in statement) && !('NotPrincipal' in statement)) throw malformedPolicy('Missing required field Principal')
    if ('Resource' in statement || 'NotResource' in statement) throw malformedPolicy('Has prohibited field Resource')
    const actions = [...listOf(statement.Action), ...listOf(statement.NotAction)]
    if (actions.length === 0) throw malformedPolicy('Missing required field Action')
    if (!actions.every((action) => ASSUME_ACTIONS.test(String(action))))
      throw malformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.')
    for (const principal of awsPrincipals(statement.Principal ?? statement.NotPrincipal))
      if (!exists(principal, context)) throw malformedPolicy(`Invalid principal in policy: "AWS":"${principal}"`)
  }
}

function awsPrincipals(principal: unknown): readonly string[] {
  if (typeof principal === 'string') return [principal]
  if (typeof principal !== 'object' || principal === null || !('AWS' in principal)) return []
  return listOf(principal.AWS).map(String)
}

/** Other accounts cannot be looked into. The id of a deleted principal, which IAM shows in place of its ARN, is nobody. */
function exists(principal: string, context: CallContext): boolean {
  const { database, accountId } = context
  if (principal === '*' || /^\d{12}$/.test(principal)) return true
  if (/^AROA/.test(principal)) return roleWithId(database, principal) !== null
  if (/^AIDA/.test(principal)) return userWithId(database, principal) !== null
  const [, owner, kind, name] = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):([\w-]+)(?:\/(?:.*\/)?([^/]+))?$/.exec(principal) ?? []
  if (owner === undefined) return false
  if (owner !== accountId || name === undefined || (kind !== 'role' && kind !== 'user')) return true
  const found = kind === 'role' ? findRole(database, name) : findUser(database, name)
  return found !== null && entityArn(context, kind, found.path, found.name) === principal
}
