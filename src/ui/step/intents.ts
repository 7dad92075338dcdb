import type { HistoryEntry } from '../../app/views.ts'
import { cliLine } from '../../change/cli-line.ts'
import { operationTarget } from '../../plan/operation.ts'
import type { RolePlan } from '../../plan/plan.ts'
import type { ChangeRun, Intent } from '../change-run.ts'
import { freshPanes } from '../screen.ts'
import type { State } from '../state.ts'
import { rowOf } from '../subject.ts'
import { push, replace, showsChange } from './navigate.ts'
import { next, type Step } from './result.ts'

type NewRun = Pick<ChangeRun, 'kind' | 'roleName' | 'stage'> & Partial<Pick<ChangeRun, 'title' | 'removes' | 'riskAfter' | 'steps'>>

function newRun(state: State, run: NewRun): ChangeRun {
  return {
    title: '',
    removes: 0,
    riskAfter: null,
    changeId: null,
    offset: 0,
    steps: [],
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
  const shown = showsChange(state) ? replace(state, { kind: 'change', ...freshPanes }) : push(state, { kind: 'change', ...freshPanes })
  return { ...shown, run: started, overlay: null, toast: null }
}

export const runOfRollback = (state: State, { roleName, stage }: HistoryEntry): ChangeRun =>
  newRun(state, { kind: 'rollback', roleName, stage })

export function startRollback(state: State, entry: HistoryEntry): Step {
  const run = begin(state, runOfRollback(state, entry))
  return next(run, { kind: 'rollback', changeId: entry.changeId })
}

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

function startApply(state: State, intent: Extract<Intent, { kind: 'apply' }>): Step {
  const { plan, guards } = intent
  const run = begin(state, runOfStage(state, plan, intent.stage))
  const reason = guards.length === 0 ? null : `role name typed to override ${guards.map(({ id }) => id).join(', ')}`
  return next(run, { kind: 'apply', plan, stage: intent.stage, overrides: guards.map(({ id }) => id), reason })
}

function startRecover(state: State, { change, way }: Extract<Intent, { kind: 'recover' }>): Step {
  const run = begin(state, { kind: way === 'resume' ? 'resume' : 'rollback', roleName: change.roleName, stage: change.stage })
  return next(run, { kind: 'recover', changeId: change.changeId, way })
}

function startBatch(state: State, { way, roleNames }: Extract<Intent, { kind: 'batch' }>): Step {
  const batch = roleNames.map((roleName) => ({ roleName, status: 'waiting', text: '' }) as const)
  const shown: State = { ...push(state, { kind: 'batch', ...freshPanes }), batch, batchWay: way, run: null, overlay: null, toast: null }
  return next(shown, { kind: 'batch', way, roleNames, choices: state.choices })
}

/** Does what a dialog was confirmed for. */
export function carryOut(state: State, intent: Intent): Step {
  switch (intent.kind) {
    case 'apply':
      return startApply(state, intent)
    case 'rollback':
      return startRollback(state, intent.entry)
    case 'recover':
      return startRecover(state, intent)
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
        overrides: [],
      })
    case 'release':
      return next(begin(state, { kind: 'release', roleName: intent.roleName, stage: null }), { kind: 'release', roleName: intent.roleName })
    case 'batch':
      return startBatch(state, intent)
    case 'quit':
      return next({ ...state, overlay: null }, { kind: 'exit', code: 0 })
  }
}
