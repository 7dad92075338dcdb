import type { HistoryEntry } from '../../app/views.ts'
import { cliLine } from '../../change/cli-line.ts'
import type { DriftChoice } from '../../change/conflicts.ts'
import { operationTarget } from '../../plan/operation.ts'
import type { RolePlan } from '../../plan/plan.ts'
import type { ChangeRun, Intent, Undo } from '../change-run.ts'
import type { Effect } from '../effects.ts'
import { freshPanes } from '../screen.ts'
import type { State } from '../state.ts'
import { rowOf } from '../subject.ts'
import { pop, push, replace, showsChange } from './navigate.ts'
import { next, type Step } from './result.ts'

type NewRun = Pick<ChangeRun, 'kind' | 'roleName' | 'stage'> &
  Partial<Pick<ChangeRun, 'title' | 'removes' | 'riskAfter' | 'steps' | 'undo'>>

function newRun(state: State, run: NewRun): ChangeRun {
  return {
    title: '',
    removes: 0,
    riskAfter: null,
    changeId: null,
    offset: 0,
    steps: [],
    undo: null,
    throttledUntil: null,
    riskBefore: rowOf(state, run.roleName)?.riskScore ?? null,
    startedAt: state.now,
    phase: 'preflight',
    phaseText: '',
    phaseSince: state.now,
    result: null,
    ...run,
  }
}

function begin(state: State, run: NewRun): State {
  const started = newRun(state, run)
  // A conflict stands over the change that met it: the answer takes the place of both.
  const under = state.screen.kind === 'drift' ? pop(state) : state
  const shown = showsChange(under) ? replace(under, { kind: 'change', ...freshPanes }) : push(under, { kind: 'change', ...freshPanes })
  return { ...shown, run: started, conflict: null, overlay: null, toast: null }
}

export const runOfRollback = (state: State, { roleName, stage }: HistoryEntry): ChangeRun =>
  newRun(state, { kind: 'rollback', roleName, stage })

const runOfUndo = (undo: Undo): NewRun => {
  switch (undo.kind) {
    case 'rollback':
      return { kind: 'rollback', roleName: undo.entry.roleName, stage: undo.entry.stage, undo }
    case 'recover':
      return { kind: undo.way === 'resume' ? 'resume' : 'rollback', roleName: undo.change.roleName, stage: undo.change.stage, undo }
    case 'release':
      return { kind: 'release', roleName: undo.roleName, stage: null, undo }
  }
}

const effectOfUndo = (undo: Undo, drift: DriftChoice | null): Effect => {
  switch (undo.kind) {
    case 'rollback':
      return { kind: 'rollback', changeId: undo.entry.changeId, drift }
    case 'recover':
      return { kind: 'recover', changeId: undo.change.changeId, way: undo.way, drift }
    case 'release':
      return { kind: 'release', roleName: undo.roleName, drift }
  }
}

/** Without an answer to a conflict the first one met is shown, and nothing is written. */
export const startUndo = (state: State, undo: Undo, drift: DriftChoice | null = null): Step =>
  next(begin(state, runOfUndo(undo)), effectOfUndo(undo, drift))

/** A stage that is about to be applied, with its operations in sight before the first one begins. */
export function runOfStage(state: State, plan: RolePlan, n: number): ChangeRun {
  const stage = plan.stages.find((one) => one.n === n)
  return newRun(state, {
    kind: 'apply',
    roleName: plan.roleName,
    stage: n,
    title: stage?.title ?? '',
    removes: stage?.removes.length ?? 0,
    riskAfter: stage?.riskAfter ?? null,
    steps: (stage?.operations ?? []).map((operation, index) => ({
      k: index + 1,
      text: `${operation.kind} ${operationTarget(operation)}`,
      cli: cliLine(plan.roleName, operation),
      outcome: 'pending',
    })),
  })
}

function startApply(state: State, intent: Extract<Intent, { kind: 'apply' }>, reason: string | null): Step {
  const { plan, guards } = intent
  const run = begin(state, runOfStage(state, plan, intent.stage))
  return next(run, { kind: 'apply', plan, stage: intent.stage, overrides: guards.map(({ id }) => id), reason })
}

function startBatch(state: State, { way, roleNames }: Extract<Intent, { kind: 'batch' }>): Step {
  const batch = roleNames.map((roleName) => ({ roleName, status: 'waiting', text: '' }) as const)
  const shown: State = {
    ...push(state, { kind: 'batch', ...freshPanes }),
    batch,
    batchWay: way,
    batchSince: state.now,
    run: null,
    overlay: null,
    toast: null,
  }
  return next(shown, { kind: 'batch', way, roleNames, choices: state.choices, lang: state.facts.lang })
}

/** Does what a dialog was confirmed for; `reason` says why guards are overridden. */
export function carryOut(state: State, intent: Intent, reason: string | null = null): Step {
  switch (intent.kind) {
    case 'apply':
      return startApply(state, intent, reason)
    case 'rollback':
    case 'recover':
    case 'release':
      return startUndo(state, intent)
    case 'settle':
      return startUndo(state, intent.undo, intent.choice)
    case 'give-back': {
      const { changeId, roleName, stage } = intent.entry
      return next(begin(state, { kind: 'give-back', roleName, stage, title: intent.action }), {
        kind: 'give-back',
        changeId,
        action: intent.action,
      })
    }
    case 'quarantine':
      return next(begin(state, { kind: 'quarantine', roleName: intent.roleName, stage: null }), {
        kind: 'quarantine',
        roleName: intent.roleName,
      })
    case 'batch':
      return startBatch(state, intent)
    case 'quit':
      return next({ ...state, overlay: null }, { kind: 'exit', code: 0 })
  }
}
