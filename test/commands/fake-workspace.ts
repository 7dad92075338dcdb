import type { WorkspaceOptions } from '../../src/app/options.ts'
import type { Outcome, Refusal, UseCases } from '../../src/app/use-cases.ts'
import type { ChangeReport, HistoryEntry, RoleRow, RoleView, ScanView } from '../../src/app/views.ts'
import type { PlanFile, RolePlan } from '../../src/plan/plan.ts'
import { exampleReport } from '../report/example-report.ts'

const at = '2026-03-01T10:00:00.000Z'

export const row = (roleName: string, riskScore: number, more: Partial<RoleRow> = {}): RoleRow => ({
  roleName,
  arn: `arn:aws:iam::123456789012:role/${roleName}`,
  roleId: `AROA${roleName.toUpperCase()}`,
  accountId: '123456789012',
  path: '/',
  riskScore,
  riskGrade: riskScore >= 90 ? 'critical' : 'low',
  grantedActions: 10,
  usedActions: 4,
  unusedActions: 6,
  unknownActions: 0,
  requiredActions: 0,
  unusedPercent: 60,
  lastUsed: null,
  protected: false,
  flags: [],
  stage: { applied: 0, total: null, state: 'open' },
  ...more,
})

const rows = [row('alpha', 12, { lastUsed: at }), row('omega', 97, { unusedPercent: 95 }), row('beta', 40)]

const scanView: ScanView = {
  scanId: 's-1',
  accountId: '123456789012',
  at,
  window: 90,
  minAge: 90,
  catalogDate: '2026-09-27',
  sources: [{ id: 'access-analyzer', status: 'missing', why: 'no analyzer', observedUntil: null }],
  problems: ['role \u001b[31mred: policy x does not parse'],
  roles: rows,
}

export const planOf = (roleName: string): RolePlan => ({
  roleName,
  arn: `arn:aws:iam::123456789012:role/${roleName}`,
  roleId: `AROA${roleName.toUpperCase()}`,
  stateHash: 'h',
  stages: [
    {
      n: 1,
      title: 'permission management',
      startHash: 'h',
      removes: ['iam:PutRolePolicy', 'iam:PassRole'],
      before: [],
      after: [],
      operations: [{ kind: 'PutRolePolicy', target: 'main', policyName: 'main', before: '{}', after: '{"a":1}' }],
      proof: { noNewAccess: true, usedKept: true, prefixes: true, counterexample: null },
      sizes: { inline: 10, inlineLimit: 10_240, managed: [], limitOk: true },
      riskAfter: 8,
      decisions: 1,
    },
  ],
  keptUnknown: ['s3:GetObject'],
  asked: [],
  required: [],
  dropsFuture: [],
  undated: [],
  notes: [],
})

export const planFile = (roleNames: readonly string[]): PlanFile => ({
  planVersion: 1,
  accountId: '123456789012',
  scanId: 's-1',
  createdAt: at,
  window: 90,
  minAge: 90,
  roles: roleNames.map(planOf),
})

export const entry = (changeId: string, roleName: string, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  changeId,
  roleName,
  stage: 1,
  kind: 'tighten',
  outcome: 'soaking',
  at,
  by: 'admin',
  snapshot: 'abc',
  watch: { visible: 0, total: 0, denied: [] },
  ...more,
})

export const report = (changeId: string, roleName: string, more: Partial<ChangeReport> = {}): ChangeReport => ({
  changeId,
  roleName,
  stage: 1,
  outcome: 'soaking',
  operations: [{ kind: 'PutRolePolicy', target: 'main', outcome: 'done', ms: 3 }],
  ms: 1200,
  snapshot: 'abc',
  restoreScript: '/data/restore/c-1/restore.sh',
  notes: [],
  ...more,
})

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value })

export const refused = (code: Refusal['code'], id: string, message: string, hint: string | null = null) =>
  ({ ok: false, refusal: { code, id, message, hint } }) as const

/** Use cases that answer from fixed data and keep a list of what was asked. */
export function fakeUseCases(changes: Partial<UseCases> = {}) {
  const calls: string[] = []
  const note = <T>(call: string, value: T): T => {
    calls.push(call)
    return value
  }
  const roleView = (roleName: string): RoleView | undefined => {
    const found = rows.find((candidate) => candidate.roleName === roleName)
    return found && { ...found, policies: [], trustPolicy: {}, actions: [], riskFactors: [], guards: [], history: [] }
  }
  const useCases: UseCases = {
    mode: 'demo',
    readOnly: false,
    accountLabel: 'demo 123456789012',
    window: 90,
    dataDir: '/data',
    now: () => new Date(at),
    lastScan: async () => scanView,
    scan: async () => note('scan', ok(scanView)),
    report: async () => note('report', ok(exampleReport())),
    async show(roleName) {
      const view = roleView(roleName)
      return note(`show ${roleName}`, view ? ok(view) : refused(2, 'unknown-role', `There is no role ${roleName}.`, 'See zt-tui roles.'))
    },
    gains: async () => note('gains', new Map(rows.map(({ arn }, at) => [arn, at]))),
    advice: async (roleName) => note(`advice ${roleName}`, ok([])),
    plan: async (names) => note(`plan ${names.join(' ')}`, ok(planFile(names))),
    guards: async () => ok([]),
    restoreFiles: async () => ok(new Map([['restore.sh', '#!/bin/sh\n']])),
    nextStage: async () => 1,
    patch: async (plan) => note(`patch ${plan.roleName}`, ok('/data/patches/stage-1')),
    apply: async (plan, stage) => note(`apply ${plan.roleName} ${stage}`, ok(report(`c-${plan.roleName}`, plan.roleName))),
    newBatchId: () => 'batch-1',
    undoable: async () => refused(4, 'nothing-to-undo', 'Nothing to undo.'),
    rollback: async (changeId) =>
      note(`rollback ${changeId}`, ok(report(`r-${changeId}`, 'omega', { outcome: 'rolled-back', restoredMs: 400 }))),
    doctor: async () => [{ id: 'caller', status: 'ok', message: 'signed in' }],
    removedActions: async () => ok([]),
    watch: async (roleName) => note(`watch ${roleName}`, ok([])),
    giveBack: async (changeId, action) => note(`giveBack ${changeId} ${action}`, ok(report('g-1', 'omega'))),
    quarantine: async (roleName) => note(`quarantine ${roleName}`, ok(report('q-1', roleName, { stage: null }))),
    release: async (roleName) => note(`release ${roleName}`, ok(report('q-2', roleName, { stage: null, outcome: 'rolled-back' }))),
    history: async () => [],
    interrupted: async () => [],
    toRecover: async () => ok(await useCases.interrupted()),
    recover: async (changeId, way) => note(`recover ${changeId} ${way}`, ok(report(changeId, 'omega'))),
    close: () => note('close', undefined),
    ...changes,
  }
  const opened: WorkspaceOptions[] = []
  return { useCases, calls, opened }
}
