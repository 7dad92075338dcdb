/**
 * Whether a role's trust policy lets a caller of this account in. A statement that names the caller itself is enough; one that
 * names the account, or everybody, leaves it to the caller's own policies.
 *
 *   Principal {"AWS": "arn:aws:iam::123456789012:root"}   →   who may `sts:AssumeRole` by identity policy
 *   Principal {"AWS": "arn:aws:iam::123456789012:role/ci"} →   sessions of ci, whatever their policies allow
 */
import { type AccessRequest, evaluateRequest } from '../../policy/evaluate/index.ts'
import type { CallContext } from '../call-context.ts'
import type { Caller } from '../callers/caller.ts'
import { listOf } from '../iam/malformed-policy.ts'

export type TrustVerdict = 'trusted' | 'trusted-through-account' | 'not-trusted' | 'denied'

type Statement = Readonly<Record<string, unknown>>

export function trustOf(trust: string, request: AccessRequest, context: CallContext): TrustVerdict {
  const statements = statementsOf(trust).map((statement) => ({ statement, reach: reachOf(statement, context) }))
  const holds = (effect: string, reach: 'itself' | 'account'): boolean =>
    statements.some((one) => one.reach === reach && one.statement.Effect === effect && takesEffect(one.statement, request, context))
  if (holds('Deny', 'itself') || holds('Deny', 'account')) return 'denied'
  if (holds('Allow', 'itself')) return 'trusted'
  return holds('Allow', 'account') ? 'trusted-through-account' : 'not-trusted'
}

function reachOf(statement: Statement, { caller, accountId, partition }: CallContext): 'itself' | 'account' | null {
  const account = [accountId, `arn:${partition}:iam::${accountId}:root`, '*']
  if (statement.NotPrincipal !== undefined) {
    const spared = principalsOf(statement.NotPrincipal)
    return spared.some((one) => isCaller(one, caller) || account.includes(one)) ? null : 'account'
  }
  const named = principalsOf(statement.Principal)
  if (named.some((one) => isCaller(one, caller))) return 'itself'
  return named.some((one) => account.includes(one)) ? 'account' : null
}

const isCaller = (principal: string, { arn, principalArn, principalId }: Caller): boolean =>
  principal === arn || principal === principalArn || principal === principalId

function principalsOf(principal: unknown): readonly string[] {
  if (typeof principal === 'string') return [principal]
  return typeof principal === 'object' && principal !== null && 'AWS' in principal ? listOf(principal.AWS).map(String) : []
}

/** The rest of a trust statement reads like one of an identity policy on every resource. */
function takesEffect({ Effect, Action, NotAction, Condition }: Statement, request: AccessRequest, { policies }: CallContext): boolean {
  const actions = Action === undefined ? { NotAction } : { Action }
  const conditions = Condition === undefined ? {} : { Condition }
  const text = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...actions, Resource: '*', ...conditions } })
  const policy = policies.read({ id: `trust ${String(Effect)}`, name: 'trust', kind: 'input' }, text)
  return evaluateRequest({ identity: [policy] }, request).decision === 'allowed'
}

function statementsOf(text: string): readonly Statement[] {
  const document: unknown = JSON.parse(text)
  if (typeof document !== 'object' || document === null || !('Statement' in document)) return []
  return listOf(document.Statement).flatMap((one) =>
    typeof one === 'object' && one !== null ? [Object.fromEntries(Object.entries(one))] : [],
  )
}
