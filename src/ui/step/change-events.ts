import { needsTypedName } from '../../app/needs-typed-name.ts'
import { openStage } from '../../app/open-stage.ts'
import type { ChangeProgress, Outcome, Refusal } from '../../app/use-cases.ts'
import type { ChangeReport, RoleRow } from '../../app/views.ts'
import type { ChangeState } from '../../change/change.ts'
import { durationOf } from '../../words/age.ts'
import type { ChangeRun, Intent, RunStep } from '../change-run.ts'
import { type Conflict, conflictOf } from '../conflict.ts'
import type { Event } from '../events.ts'
import { forget } from '../remember.ts'
import { freshPanes } from '../screen.ts'
import type { State } from '../state.ts'
import { rowOf } from '../subject.ts'
import { startUndo } from './intents.ts'
import { pop, push, showsChange } from './navigate.ts'
import { logged, next, type Step, stay, toast, words } from './result.ts'
import { learnPlan } from './role-events.ts'
import { reorder, startScan } from './scan-events.ts'

/** States in which one key takes a change back without asking (contract.md, Undo rules). */
const atOnce: ReadonlySet<ChangeState> = new Set(['applied', 'verified', 'soaking', 'unobserved'])

export function ask(state: State, intent: Intent, typedName: string | null = null): State {
  const typed = typedName === null ? null : { expected: typedName, value: '' }
  const reason = intent.kind === 'apply' && intent.guards.length > 0 ? '' : null
  return { ...state, overlay: { kind: 'confirm', intent, focus: 'cancel', typed, reason }, field: null }
}

export const refuse = (state: State, refusal: Refusal): State => ({ ...state, overlay: { kind: 'refusal', refusal } })

export function onApplyReady(state: State, { roleName, outcome }: Event<'apply-ready'>): Step {
  const arrived: State = { ...state, waiting: null }
  if (!outcome.ok) return stay(refuse(arrived, outcome.refusal))
  const { plan, guards, patch } = outcome.value
  const learned = arrived.plans.has(roleName) ? arrived : learnPlan(arrived, plan)
  const w = words(state)
  const fixed = guards.filter(({ overridable }) => !overridable)
  if (fixed.length > 0) {
    const message = w.confirm.guarded(roleName, fixed.map(({ reason }) => reason).join('; '))
    return stay(refuse(learned, { code: 4, id: 'guard', message, hint: w.confirm.guardedHint }))
  }
  const row = rowOf(state, roleName)
  const stage = openStage(plan, row?.stage.applied ?? 0)
  if (stage === null) return stay(toast(learned, 'info', plan.stages.length === 0 ? w.blocked.nothingToRemove : w.blocked.allApplied))
  const { noNewAccess, usedKept, prefixes } = stage.proof
  if (!(noNewAccess && usedKept && prefixes)) {
    return stay(refuse(learned, { code: 4, id: 'proof', message: w.confirm.unproved(stage.n), hint: stage.proof.counterexample }))
  }
  const typed = needsTypedName(roleName, { row, guards }) ? roleName : null
  return stay(ask(learned, { kind: 'apply', plan, stage: stage.n, guards, patch }, typed))
}

export function onUndoable(state: State, { outcome }: Event<'undoable'>): Step {
  const arrived: State = { ...state, waiting: null }
  if (!outcome.ok) return stay(toast(arrived, 'warn', outcome.refusal.message))
  const entry = outcome.value
  const isInstant = atOnce.has(entry.outcome) && entry.kind !== 'quarantine'
  return isInstant ? startUndo(arrived, { kind: 'rollback', entry }) : stay(ask(arrived, { kind: 'rollback', entry }))
}

function withStep(steps: readonly RunStep[], step: RunStep, n: number): readonly RunStep[] {
  const length = Math.max(n, steps.length, step.k)
  return Array.from({ length }, (_, index): RunStep => {
    const k = index + 1
    const known = steps[index] ?? { k, text: '', cli: null, outcome: 'pending' }
    return k === step.k ? { k, text: step.text || known.text, cli: step.cli ?? known.cli, outcome: step.outcome } : known
  })
}

/** Operations count from 1 in every change; those of a second change of the same run stand under those of the first. */
function withOperation(run: ChangeRun, progress: ChangeProgress): ChangeRun {
  const isOther = run.changeId !== null && run.changeId !== progress.changeId
  const offset = isOther ? run.steps.length : run.offset
  const { text, cli, outcome } = progress
  const steps = withStep(run.steps, { k: offset + progress.k, text, cli, outcome }, offset + progress.n)
  return { ...run, changeId: progress.changeId, offset, steps, phaseText: '' }
}

export function onChangeProgress(state: State, { progress }: Event<'change-progress'>): Step {
  const { run } = state
  if (run === null || run.result !== null) return stay(state)
  const { phase, text, k, throttledMs } = progress
  const throttledUntil = throttledMs === undefined ? null : state.now + throttledMs
  const phased: ChangeRun = { ...run, phase, phaseText: text, phaseSince: phase === run.phase ? run.phaseSince : state.now, throttledUntil }
  if (phase !== 'operation' || k < 1) return stay({ ...state, run: phased })
  const moved = withOperation(phased, progress)
  return stay(withCall(withCursorOnStep({ ...state, run: moved }, moved.offset + k), progress))
}

/** Each AWS call stands in the log, when it begins. */
const withCall = (state: State, { outcome, text, cli, roleName, throttledMs }: ChangeProgress): State =>
  outcome === 'started' && throttledMs === undefined ? logged(state, { tone: 'call', text: `${roleName}: ${text}`, cli }) : state

/** The cursor walks along with the operations, so that the call of the one at work is shown. */
function withCursorOnStep(state: State, k: number): State {
  if (state.screen.kind !== 'change') return state
  return { ...state, screen: { ...state.screen, main: { ...state.screen.main, id: String(k), index: k - 1 } } }
}

/** Outcomes as the report has them. It knows the last change of the run only: earlier steps stay as they were. */
function reportedSteps(run: ChangeRun, report: ChangeReport): readonly RunStep[] {
  const reported = report.operations.map(({ kind, target, outcome }, index): RunStep => {
    const k = run.offset + index + 1
    const known = run.steps[k - 1]
    return { k, text: known?.text || `${kind} ${target}`, cli: known?.cli ?? null, outcome }
  })
  return [...run.steps.slice(0, run.offset), ...reported, ...run.steps.slice(run.offset + reported.length)]
}

/** The row tells the new standing at once; the scan that follows tells the new figures. */
function withStanding(state: State, run: ChangeRun, report: ChangeReport): State {
  const { view } = state.scan
  const isStage = run.kind === 'apply' || run.kind === 'rollback' || run.kind === 'resume'
  if (view === null || run.stage === null || !isStage || report.outcome === 'failed') return state
  const isBack = run.kind === 'rollback'
  const patched = (row: RoleRow): RoleRow => {
    if (row.roleName !== run.roleName || run.stage === null) return row
    const applied = isBack ? Math.min(row.stage.applied, run.stage - 1) : Math.max(row.stage.applied, run.stage)
    return { ...row, stage: { ...row.stage, applied, state: report.outcome } }
  }
  return reorder({ ...state, scan: { ...state.scan, view: { ...view, roles: view.roles.map(patched) } } })
}

function endToast(state: State, run: ChangeRun, result: NonNullable<ChangeRun['result']>): State {
  if (showsChange(state)) return state
  const w = words(state)
  if (!result.ok) return toast(state, 'error', result.refusal.message)
  const time = durationOf(w, result.report.restoredMs ?? result.report.ms)
  if (result.report.outcome === 'failed') return toast(state, 'warn', w.run.undone)
  return toast(state, 'ok', w.toasts.ended[run.kind](run.roleName, time))
}

/** In a batch the next role follows; the scan waits until all are done. */
function withBatchItem(state: State, run: ChangeRun, result: NonNullable<ChangeRun['result']>): State {
  const isDone = result.ok && result.report.outcome !== 'failed' && result.report.outcome !== 'interrupted'
  const text = result.ok ? words(state).changeStates[result.report.outcome] : result.refusal.message
  const batch = state.batch.map((item) =>
    item.roleName === run.roleName && item.status === 'running'
      ? { ...item, status: isDone ? ('done' as const) : ('refused' as const), text }
      : item,
  )
  return { ...state, batch }
}

export function onChangeEnded(state: State, { outcome }: Event<'change-ended'>): Step {
  const { run } = state
  if (run === null) return stay(state)
  const result = outcome.ok ? ({ ok: true, report: outcome.value } as const) : outcome
  const steps = outcome.ok ? reportedSteps(run, outcome.value) : run.steps
  const ended: State = {
    ...state,
    run: { ...run, steps, result },
    conflict: conflictIn(run, outcome),
    known: forget(state.known, run.roleName),
    plans: forget(state.plans, run.roleName),
    history: null,
  }
  const standing = withBatchItem(outcome.ok ? withStanding(ended, run, outcome.value) : ended, run, result)
  if (standing.batch.some(({ status }) => status === 'waiting' || status === 'running')) return stay(standing)
  if (state.batch.some(({ roleName, status }) => roleName === run.roleName && status === 'running')) return stay(standing)
  const scanned = startScan(withConflictShown(endToast(standing, run, result)))
  return next(scanned.state, ...scanned.effects, { kind: 'load-interrupted' })
}

/** Only a way back can be asked for again with an answer; what applies is planned anew. */
function conflictIn({ roleName, undo }: ChangeRun, outcome: Outcome<ChangeReport>): Conflict | null {
  if (outcome.ok || undo === null) return null
  const { message, drift = [] } = outcome.refusal
  return drift.length === 0 ? null : conflictOf(roleName, message, drift)
}

/** Who watches the change is asked at once; who went elsewhere finds the question on its screen. */
const withConflictShown = (state: State): State =>
  state.conflict !== null && showsChange(state) ? push(state, { kind: 'drift', ...freshPanes }) : state

export function onInterrupted(state: State, { changes }: Event<'interrupted'>): Step {
  const found: State = { ...state, interrupted: changes }
  const isOpen = state.screen.kind === 'interrupted'
  if (changes.length === 0) return stay(isOpen ? pop(found) : found)
  const isKnown = state.interrupted.length > 0 || isOpen || showsChange(state) || state.screen.kind === 'drift'
  return stay(isKnown ? found : push(found, { kind: 'interrupted', ...freshPanes }))
}
