import { expect, it } from 'vitest'
import { editsByOthers } from '../../src/change/edits-by-others.ts'
import type { GrantEdit } from '../../src/evidence/grant-history.ts'
import type { Operation } from '../../src/plan/operation.ts'
import { change } from '../ledger/examples.ts'

const AT = '2024-04-01T10:00:00.000Z'
const LATER = '2024-04-01T10:20:00.000Z'
const DAYS_LATER = '2024-04-05T10:00:00.000Z'
const policyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
const operations: readonly Operation[] = [
  { kind: 'PutRolePolicy', policyName: 'zt', before: null, after: '{"Version":"2012-10-17"}' },
  { kind: 'DetachRolePolicy', policyName: 'AdministratorAccess', policyArn },
]
const ours = {
  ...change('c-1', 'hash'),
  state: 'applied' as const,
  at: AT,
  operations: operations.map((operation, k) => ({ k: k + 1, operation, outcome: 'done' as const, ms: 1, message: null })),
}
const put = (at: string, text: string | null, policyName = 'zt'): GrantEdit => ({
  kind: 'PutRolePolicy',
  roleName: 'app',
  policyName,
  text,
  at,
})
const detach = (at: string): GrantEdit => ({ kind: 'DetachRolePolicy', roleName: 'app', policyArn, at })

it.each<[what: string, edit: GrantEdit, isOurs: boolean]>([
  ['a document that the change wrote', put(LATER, '{ "Version": "2012-10-17" }'), true],
  ['the same, finished days later', put(DAYS_LATER, '{"Version":"2012-10-17"}'), true],
  ['another document under its name', put(LATER, '{}'), false],
  ['a document that the event leaves out', put(LATER, null), true],
  ['a policy of another name', put(LATER, null, 'other'), false],
  ['a detachment in its time', detach(LATER), true],
  ['a detachment days later', detach(DAYS_LATER), false],
  ['a detachment the day before', detach('2024-03-31T10:00:00.000Z'), false],
])('tells our own edits from those of others: %s', (_, edit, isOurs) => {
  const { edits } = editsByOthers({ wholeSince: null, edits: [edit] }, [ours])
  expect(edits).toEqual(isOurs ? [] : [edit])
})
