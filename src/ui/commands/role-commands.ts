import type { HistoryEntry } from '../../app/views.ts'
import { type ChoiceTarget, choiceTarget } from '../choice-target.ts'
import { choiceOf, toggleChoice } from '../choices.ts'
import { forget } from '../remember.ts'
import { isStageInEffect, newestStage } from '../role-changes.ts'
import { firstRow } from '../screen.ts'
import type { State } from '../state.ts'
import { ask } from '../step/change-events.ts'
import { next, type Step, stay, toast, words } from '../step/result.ts'
import { rowOf, subjectEntry, subjectName } from '../subject.ts'
import { changeBlocked } from './change-commands.ts'
import type { CommandRecord } from './record.ts'

/** A plan that was begun stays what it is. */
function frozenBlocked(state: State, roleName: string): string | null {
  const stage = rowOf(state, roleName)?.stage
  const isUnderWay = stage !== undefined && stage.applied > 0 && stage.applied < (stage.total ?? 0)
  return isUnderWay ? words(state).blocked.frozen : null
}

function chooseBlocked(state: State): string | null {
  const target = choiceTarget(state)
  return typeof target === 'string' ? target : frozenBlocked(state, target.roleName)
}

/** Whether an overlay fits is known once it was asked for. */
function overlayBlocked(state: State): string | null {
  const { blocked } = words(state)
  const { screen } = state
  const loaded = screen.kind === 'preview' ? state.plans.get(screen.roleName) : undefined
  if (screen.kind !== 'preview' || loaded?.status !== 'ready' || state.replanning !== null) return blocked.planMissing
  const { overlay, stages } = loaded.value.plan
  if (stages.length === 0) return blocked.nothingToRemove
  return overlay?.fits === false ? blocked.noOverlay(overlay.why ?? '') : frozenBlocked(state, screen.roleName)
}

/** Puts an overlay before the stages of the proposal, or takes it out again. */
function turnOverlay(state: State): Step {
  if (state.screen.kind !== 'preview') return stay(state)
  const { roleName } = state.screen
  const before = choiceOf(state, roleName)
  const choice = { ...before, overlay: before.overlay !== true }
  const { toasts } = words(state)
  const chosen = { ...state, choices: new Map([...state.choices, [roleName, choice]]), replanning: { roleName, before } }
  return next(toast(chosen, 'info', choice.overlay ? toasts.overlayFirst : toasts.noOverlay), { kind: 'plan', roleName, choice })
}

function saidToast(state: State, { side, patterns }: ChoiceTarget, isIn: boolean): string {
  const { toasts } = words(state)
  const what = patterns.length === 1 ? (patterns[0] ?? '') : toasts.some(patterns.length)
  return isIn ? toasts.chosen[side](what) : toasts.unchosen(what)
}

/** The proposal is made anew at once where it is being looked at; elsewhere when it is next asked for. */
function choose(state: State): Step {
  const target = choiceTarget(state)
  if (typeof target === 'string') return stay(state)
  const { roleName, side, patterns } = target
  const before = choiceOf(state, roleName)
  const choice = toggleChoice(before, side, patterns)
  const isIn = patterns.every((pattern) => choice[side].includes(pattern))
  const chosen = toast({ ...state, choices: new Map([...state.choices, [roleName, choice]]) }, 'info', saidToast(state, target, isIn))
  if (state.screen.kind !== 'preview') return stay({ ...chosen, plans: forget(state.plans, roleName) })
  return next({ ...chosen, replanning: { roleName, before } }, { kind: 'plan', roleName, choice })
}

/** On the ledger the stage under the cursor, elsewhere the newest one of the role. */
export function stageToGiveBackFrom(state: State): HistoryEntry | null {
  const entry = subjectEntry(state)
  if (entry !== null) return isStageInEffect(entry) ? entry : null
  const roleName = subjectName(state)
  return roleName === null ? null : newestStage(state, roleName)
}

const giveBackBlocked = (state: State): string | null =>
  changeBlocked(state) ?? (stageToGiveBackFrom(state) === null ? words(state).blocked.noStageInEffect : null)

function giveBack(state: State): Step {
  const entry = stageToGiveBackFrom(state)
  if (entry === null) return stay(state)
  const opened: State = { ...state, overlay: { kind: 'list', list: 'give-back', filter: '', cursor: firstRow, entry } }
  const { changeId } = entry
  if (state.removed.get(changeId)?.status === 'ready') return stay(opened)
  return next({ ...opened, removed: new Map([[changeId, { status: 'loading' }]]) }, { kind: 'find-removed', changeId })
}

const askForRole =
  (kind: 'quarantine' | 'release') =>
  (state: State): Step => {
    const roleName = subjectName(state)
    return roleName === null ? stay(state) : stay(ask(state, { kind, roleName }, roleName))
  }

function watch(state: State): Step {
  return next({ ...state, watch: { ...state.watch, isRunning: true } }, { kind: 'watch' })
}

function watchBlocked(state: State): string | null {
  const { blocked } = words(state)
  if (state.facts.mode === 'offline') return blocked.offline
  return state.watch.isRunning ? blocked.watching : null
}

const onRoles = ['roles', 'role', 'board', 'ledger', 'change', 'batch'] as const

export const roleCommands: readonly CommandRecord[] = [
  { id: 'choose', keys: ['x'], group: 'change', on: ['role', 'preview'], footer: 25, blocked: chooseBlocked, run: choose },
  { id: 'overlay', keys: [], group: 'change', on: ['preview'], blocked: overlayBlocked, run: turnOverlay },
  {
    id: 'give-back',
    keys: ['b'],
    group: 'change',
    on: ['roles', 'role', 'preview', 'board', 'ledger', 'change', 'batch'],
    footer: 42,
    isShy: true,
    blocked: giveBackBlocked,
    run: giveBack,
  },
  { id: 'quarantine', keys: ['Q'], group: 'change', on: onRoles, blocked: changeBlocked, run: askForRole('quarantine') },
  { id: 'release', keys: ['R'], group: 'change', on: onRoles, blocked: changeBlocked, run: askForRole('release') },
  { id: 'watch', keys: ['w'], group: 'look', on: ['board', 'ledger', 'change', 'role', 'roles'], blocked: watchBlocked, run: watch },
]
