import { choiceOf } from './choices.ts'
import { diffStage } from './document-diff.ts'
import type { Effect } from './effects.ts'
import { layoutOf } from './layout.ts'
import type { State } from './state.ts'
import { rememberPlan } from './step/role-events.ts'
import { subjectName } from './subject.ts'
import { selectedStage } from './views/preview-view.ts'

/** Long enough that a held arrow key asks for nothing, short enough that a resting eye does not wait. */
const restMs = 120

/** The role whose details the screen shows or will show, while they are not here. */
function wantedRole(state: State): Effect<'show'> | null {
  const { kind, focus } = state.screen
  const isList = kind === 'roles' || kind === 'board'
  if (!isList && kind !== 'role' && kind !== 'preview') return null
  if (isList && focus === 'main' && layoutOf(state.size, 0.5).detail === null) return null
  const roleName = subjectName(state)
  if (roleName === null || state.scan.view === null || state.known.has(roleName)) return null
  return { kind: 'show', roleName, delay: isList ? restMs : 0 }
}

function wantedPlan(state: State): Effect<'plan'> | null {
  if (state.screen.kind !== 'preview' || state.scan.view === null) return null
  const { roleName } = state.screen
  return state.plans.has(roleName) ? null : { kind: 'plan', roleName, choice: choiceOf(state, roleName) }
}

function wantedHistory(state: State): Effect<'load-history'> | null {
  return state.history === null && state.scan.view !== null ? { kind: 'load-history' } : null
}

const wantedReport = (state: State): Effect<'report'> | null =>
  state.screen.kind === 'inventory' && state.report === null && state.scan.view !== null && state.scan.running === null
    ? { kind: 'report' }
    : null

/** They cost the judgement of every role, so they wait for the scan's end and for somebody who sorts by them. */
const wantedGains = (state: State): Effect<'find-gains'> | null =>
  state.roles.sort === 'gain' && state.scan.running === null && state.scan.view?.roles.some(({ gain }) => gain === undefined) === true
    ? { kind: 'find-gains' }
    : null

const same = (a: Effect | null, b: Effect | null): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What has become wanted by a step: asked once, when it is first missing. */
export function newlyWanted(before: State, after: State): readonly Effect[] {
  return [wantedRole, wantedPlan, wantedHistory, wantedReport, wantedGains].flatMap((wanted) => {
    const effect = wanted(after)
    return effect === null || same(effect, wanted(before)) ? [] : [effect]
  })
}

/** Document diffs are worked out when they are first looked at: they are the only slow thing that a screen needs. */
export function withDiffs(state: State): State {
  const { screen } = state
  if (screen.kind !== 'preview' || screen.tab !== 'policies') return state
  const loaded = state.plans.get(screen.roleName)
  if (loaded?.status !== 'ready') return state
  const known = selectedStage(loaded.value, screen)
  if (known === null || loaded.value.diffs.has(known.stage.n)) return state
  const diffs = new Map([...loaded.value.diffs, [known.stage.n, diffStage(known.stage)] as const])
  return rememberPlan(state, screen.roleName, { status: 'ready', value: { ...loaded.value, diffs } })
}
