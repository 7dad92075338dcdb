import { createStateReader } from '../account/state-of-role.ts'
import { isOpen, stagesInEffect, undoable } from '../change/lifecycle.ts'
import { restoreScript } from '../change/restore-script.ts'
import { sameName } from '../plan/apply-operation.ts'
import type { PlanStage, RolePlan } from '../plan/plan.ts'
import { openSession } from './account-session.ts'
import { adviceOn } from './aws-advice.ts'
import type { AppContext } from './context.ts'
import { examine } from './doctor.ts'
import { giveBack } from './give-back.ts'
import { stageAhead, verdictsNow } from './guard-role.ts'
import { makePlan } from './make-plan.ts'
import { makeReport } from './make-report.ts'
import { done, refuse } from './outcome.ts'
import { quarantineRole, releaseRole } from './quarantine.ts'
import { findInterrupted, recoverChange } from './recover.ts'
import { removedActions } from './removed-actions.ts'
import { riskGain } from './risk-gain.ts'
import { historyEntries, historyEntry, roleView } from './role-view.ts'
import { rollBack } from './roll-back.ts'
import { saveStagePatch } from './stage-patch.ts'
import { tighten } from './tighten.ts'
import type { UseCases } from './use-cases.ts'
import { watchChanges } from './watch.ts'
import { whenNobodyWrites } from './with-hands.ts'

/** Joins the use cases over one context: what the commands and the screens are handed. */
export function createUseCases(context: AppContext): UseCases {
  const { mode, accountKey, accountLabel, window, dataDir, ledger, clock, live, writer } = context
  const session = openSession(context)

  const unknownRole = (roleName: string) =>
    refuse(2, 'unknown-role', `there is no role ${roleName} in this account`, 'see the names with: zt-tui roles')
  const nextStage = (plan: RolePlan): PlanStage | null =>
    plan.stages[stagesInEffect(ledger.changes(accountKey, { roleId: plan.roleId }), plan.stateHash).length] ?? null

  return {
    mode,
    readOnly: writer === null,
    accountLabel,
    window,
    dataDir,
    now: () => clock.now(),
    lastScan: async () => session.lastScan(),
    scan: async (options) => done(await session.scan(options)),
    report: async (options) => done(await makeReport(context, session, options)),
    async show(roleName) {
      const analysis = await session.analysis()
      const role = analysis.find(roleName)
      return role === null ? unknownRole(roleName) : done(roleView(analysis, analysis.role(role), session.historyOf(role)))
    },
    async gains() {
      const analysis = await session.analysis()
      return new Map(analysis.account.roles.map((role) => [role.arn, riskGain(analysis, analysis.role(role))]))
    },
    async advice(roleName, options) {
      const analysis = await session.analysis()
      const role = analysis.find(roleName)
      return role === null ? unknownRole(roleName) : done(await adviceOn(context, analysis, role, options))
    },
    plan: (roleNames, options = {}) => makePlan(context, session, roleNames, options),
    async guards(roleName) {
      const analysis = await session.analysis()
      const role = analysis.find(roleName)
      if (role === null) return unknownRole(roleName)
      const { account } = analysis
      return done(verdictsNow(context, createStateReader(account)(role), { account, operations: [], stage: stageAhead(context, role) }))
    },
    nextStage: async (plan) => nextStage(plan)?.n ?? null,
    async patch(plan) {
      const stage = nextStage(plan)
      return done(stage === null ? null : saveStagePatch(ledger, plan, stage))
    },
    async apply(plan, stage, options = {}) {
      // Twins are found in the account: where stages are rehearsed, it must have been read.
      const analysis = context.guardLists().lists.rehearsal.length > 0 ? await session.analysis() : session.current()
      return tighten(context, { scanId: session.lastScan()?.scanId ?? '', plan, stage, analysis }, options)
    },
    newBatchId: () => `batch-${context.newId()}`,
    async undoable(roleName, options = {}) {
      const free = await whenNobodyWrites(context, `look for changes of ${roleName}`, options.signal)
      if (!free.ok) return free
      const ofRole = ledger.changes(accountKey).filter((change) => sameName(change.roleName, roleName))
      const open = ofRole.find(isOpen)
      if (open !== undefined)
        return refuse(
          5,
          'open-change',
          `change ${open.changeId} on ${open.roleName} is not finished`,
          'finish it or take it back: zt-tui recover',
        )
      const [newest] = undoable(ofRole)
      if (newest !== undefined) return done(historyEntry(newest, ledger.watchOf(newest.changeId)))
      if (ofRole.length === 0 && live !== null && (await live.roleId(roleName)) === null) return unknownRole(roleName)
      return refuse(4, 'nothing-to-undo', `no change of ${roleName} is in effect: there is nothing to undo`)
    },
    rollback: (changeId, options = {}) => rollBack(context, changeId, options),
    async restoreFiles(changeId) {
      const change = ledger.change(changeId)
      const before = change === null ? null : ledger.snapshot(change.snapshot)
      if (change === null || before === null)
        return refuse(2, 'unknown-change', `there is no change ${changeId}`, 'see the changes with: zt-tui history')
      const operations = change.operations.map(({ operation }) => operation)
      return done(restoreScript(changeId, before, operations))
    },
    async history(roleName) {
      const dead = new Set((await findInterrupted(context)).map(({ changeId }) => changeId))
      const changes = ledger
        .changes(accountKey)
        .filter((change) => roleName === undefined || sameName(change.roleName, roleName))
        .map((change) => (dead.has(change.changeId) ? { ...change, state: 'interrupted' as const } : change))
      return historyEntries(changes, ledger.watchOf)
    },
    doctor: () => examine(context, session),
    watch: (roleName, signal) => watchChanges(context, roleName, signal),
    giveBack: (changeId, action, options = {}) => giveBack(context, changeId, action, options),
    removedActions: async (changeId) => removedActions(context, changeId),
    quarantine: (roleName, options = {}) => quarantineRole(context, { roleName, account: session.current()?.account ?? null }, options),
    release: (roleName, options = {}) => releaseRole(context, roleName, options),
    interrupted: () => findInterrupted(context),
    async toRecover(options = {}) {
      const free = await whenNobodyWrites(context, 'look for interrupted changes', options.signal)
      return free.ok ? done(await findInterrupted(context)) : free
    },
    recover: (changeId, way, options = {}) => recoverChange(context, changeId, way, options),
    close: () => ledger.close(),
  }
}
