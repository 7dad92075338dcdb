import type { HistoryEntry } from '../../app/views.ts'
import { cliLine } from '../../change/cli-line.ts'
import { operationTarget } from '../../plan/operation.ts'
import { type ChangeRun, freshPanes, type Intent, type State } from '../state.ts'
import { rowOf } from '../subject.ts'
import { push, replace, showsChange } from './navigate.ts'
import { next, type Step } from './result.ts'

type NewRun = Pick<ChangeRun, 'kind' | 'roleName' | 'stage'> & Partial<Pick<ChangeRun, 'title' | 'removes' | 'riskAfter' | 'steps'>>

function begin(state: State, run: NewRun): State {
  const started: ChangeRun = {
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
  const shown = showsChange(state) ? replace(state, { kind: 'change', ...freshPanes }) : push(state, { kind: 'change', ...freshPanes })
  return { ...shown, run: started, overlay: null, toast: null }
}

export function startRollback(state: State, entry: HistoryEntry): Step {
  const run = begin(state, { kind: 'rollback', roleName: entry.roleName, stage: entry.stage })
  return next(run, { kind: 'rollback', changeId: entry.changeId })
}

function startApply(state: State, intent: Extract<Intent, { kind: 'apply' }>): Step {
  const { plan, guards } = intent
  const stage = plan.stages.find(({ n }) => n === intent.stage)
  const run = begin(state, {
    kind: 'apply',
    roleName: plan.roleName,
    stage: intent.stage,
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
  const reason = guards.length === 0 ? null : `role name typed to override ${guards.map(({ id }) => id).join(', ')}`
  return next(run, { kind: 'apply', plan, stage: intent.stage, overrides: guards.map(({ id }) => id), reason })
}

function startRecover(state: State, { change, way }: Extract<Intent, { kind: 'recover' }>): Step {
  const run = begin(state, { kind: way === 'resume' ? 'resume' : 'rollback', roleName: change.roleName, stage: change.stage })
  return next(run, { kind: 'recover', changeId: change.changeId, way })
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
    case 'quit':
      return next({ ...state, overlay: null }, { kind: 'exit', code: 0 })
  }
}
