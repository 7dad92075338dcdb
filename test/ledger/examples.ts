import type { RoleState } from '../../src/account/role-state.ts'
import type { PlanStage, RolePlan } from '../../src/plan/plan.ts'
import type { FrozenPlan, NewChange } from '../../src/ports/ledger.ts'

export const now = '2026-03-01T10:00:00.000Z'

export const state = (text: string): RoleState => ({
  roleName: 'web-app',
  arn: 'arn:aws:iam::123456789012:role/web-app',
  roleId: 'AROAWEBAPP',
  path: '/',
  description: null,
  trust: '{}',
  boundary: null,
  tags: [{ key: 'team', value: 'web' }],
  inline: [{ name: 'main', text }],
  attached: [],
  managed: [],
})

const stage: PlanStage = {
  n: 1,
  title: 'permission management',
  startHash: 'h',
  removes: ['iam:PutRolePolicy'],
  before: [{ name: 'main', kind: 'inline', document: { Statement: [] }, text: '{"Statement": []}' }],
  after: [],
  operations: [{ kind: 'DeleteRolePolicy', target: 'main', policyName: 'main', before: '{"Statement": []}' }],
  proof: { noNewAccess: true, usedKept: true, prefixes: true, counterexample: null },
  sizes: { inline: 0, inlineLimit: 10_240, managed: [], limitOk: true },
  riskAfter: 3,
  decisions: 1,
}

const plan: RolePlan = {
  roleName: 'web-app',
  arn: 'arn:aws:iam::123456789012:role/web-app',
  roleId: 'AROAWEBAPP',
  stateHash: 'h',
  stages: [stage],
  keptUnknown: [],
  asked: [],
  required: [],
  dropsFuture: [],
  undated: [],
  notes: [],
}

export const frozen = (window: number): FrozenPlan => ({ plan, scanId: 's-1', createdAt: now, window, minAge: window })

export const change = (changeId: string, snapshot: string, roleId = 'AROAWEBAPP'): NewChange => ({
  changeId,
  batchId: null,
  accountKey: 'demo',
  roleName: 'web-app',
  roleArn: 'arn:aws:iam::123456789012:role/web-app',
  roleId,
  kind: 'tighten',
  stage: 1,
  plan: 'h',
  at: now,
  by: 'arn:aws:iam::123456789012:user/admin',
  reason: null,
  snapshot,
  undoes: null,
  restoreScript: '/somewhere/restore.sh',
  overrides: ['break-glass'],
  operations: [
    { kind: 'PutRolePolicy', policyName: 'main', before: '{}', after: '{"a":1}' },
    { kind: 'DetachRolePolicy', policyName: 'p', policyArn: 'arn:aws:iam::aws:policy/p' },
  ],
})
