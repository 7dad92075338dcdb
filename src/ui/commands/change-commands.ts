import { openStage } from '../../app/open-stage.ts'
import { choiceOf } from '../choices.ts'
import { isRunning, type State } from '../state.ts'
import { ask } from '../step/change-events.ts'
import { previewScreen, push } from '../step/navigate.ts'
import { next, type Step, stay, words } from '../step/result.ts'
import { rowOf, subjectEntry, subjectName, subjectRow } from '../subject.ts'
import type { CommandRecord } from './record.ts'

/** What keeps any change from starting. */
export function changeBlocked(state: State): string | null {
  const { blocked } = words(state)
  if (state.facts.mode === 'offline') return blocked.offline
  if (state.facts.readOnly) return blocked.readOnly
  if (isRunning(state)) return blocked.running
  if (state.waiting !== null) return blocked.waiting
  return subjectName(state) === null ? blocked.noRole : null
}

/** On the preview the stage under the cursor must be the one that apply would take. */
function previewBlocked(state: State): string | null {
  const { screen } = state
  if (screen.kind !== 'preview') return null
  const { blocked } = words(state)
  const loaded = state.plans.get(screen.roleName)
  if (loaded === undefined || loaded.status === 'loading') return blocked.planMissing
  if (loaded.status === 'failed') return loaded.refusal.message
  if (state.replanning !== null) return blocked.planMissing
  const applied = rowOf(state, screen.roleName)?.stage.applied ?? 0
  const open = openStage(loaded.value.plan, applied)
  const selected = loaded.value.plan.stages[screen.main.index]
  if (selected === undefined) return blocked.nothingToRemove
  if (open === null) return blocked.allApplied
  if (selected.n < open.n) return blocked.stageApplied(selected.n)
  return selected.n > open.n ? blocked.stageBefore(open.n) : null
}

function applyBlocked(state: State): string | null {
  if (isBatch(state)) return changeBlocked(state)
  const row = subjectRow(state)
  const done = row !== null && row.stage.total !== null && row.stage.total > 0 && row.stage.applied >= row.stage.total
  return changeBlocked(state) ?? previewBlocked(state) ?? (done ? words(state).blocked.allApplied : null)
}

/** Marks make one command of many: on the lists they are what it is about. */
const isBatch = (state: State): boolean => state.marks.length > 0 && (state.screen.kind === 'roles' || state.screen.kind === 'board')

function apply(state: State): Step {
  if (isBatch(state)) return stay(ask(state, { kind: 'batch', way: 'apply', roleNames: state.marks }))
  const roleName = subjectName(state)
  if (roleName === null) return stay(state)
  const loaded = state.plans.get(roleName)
  const plan = loaded?.status === 'ready' ? loaded.value.plan : null
  return next(
    { ...state, waiting: { command: 'apply', roleName } },
    { kind: 'prepare-apply', roleName, plan, choice: choiceOf(state, roleName) },
  )
}

function rollbackBlocked(state: State): string | null {
  const blocked = changeBlocked(state)
  if (blocked !== null || state.screen.kind !== 'ledger') return blocked
  const entry = subjectEntry(state)
  if (entry?.outcome === 'rolled-back') return words(state).blocked.alreadyBack
  return entry?.outcome === 'failed' ? words(state).blocked.notInEffect : null
}

/** On the ledger the change under the cursor, after a question; elsewhere the newest one of the role. */
function rollback(state: State): Step {
  if (isBatch(state)) return stay(ask(state, { kind: 'batch', way: 'rollback', roleNames: state.marks }))
  const entry = subjectEntry(state)
  if (entry !== null) return stay(ask(state, { kind: 'rollback', entry }))
  const roleName = subjectName(state)
  if (roleName === null) return stay(state)
  return next({ ...state, waiting: { command: 'rollback', roleName } }, { kind: 'find-undoable', roleName })
}

const previewOf = (state: State): Step => {
  const roleName = subjectName(state)
  return roleName === null ? stay(state) : stay(push(state, previewScreen(roleName)))
}

export const changeCommands: readonly CommandRecord[] = [
  {
    id: 'preview',
    keys: ['p'],
    group: 'change',
    on: ['roles', 'role', 'board', 'ledger', 'change', 'batch', 'inventory'],
    footer: 20,
    blocked: (state) => (subjectName(state) === null ? words(state).blocked.noRole : null),
    run: previewOf,
  },
  {
    id: 'apply',
    keys: ['a'],
    group: 'change',
    on: ['roles', 'role', 'preview', 'board', 'change', 'batch'],
    footer: 30,
    blocked: applyBlocked,
    run: apply,
  },
  {
    id: 'rollback',
    keys: ['u'],
    group: 'change',
    on: ['roles', 'role', 'preview', 'board', 'change', 'ledger', 'batch'],
    footer: 40,
    blocked: rollbackBlocked,
    run: rollback,
  },
]
