import { settleCursor } from './cursor.ts'
import type { Event, EventKind } from './events.ts'
import { overlayRows } from './overlay-rows.ts'
import { stageOf } from './screens.ts'
import type { State } from './state.ts'
import { onBatchBegins, onBatchEnded, onBatchRefused } from './step/batch-events.ts'
import { onApplyReady, onChangeEnded, onChangeProgress, onInterrupted, onUndoable } from './step/change-events.ts'
import { onKey, onPaste } from './step/key-events.ts'
import { onEffectThrew, onResized, onTick } from './step/program-events.ts'
import { next, type Step, stay } from './step/result.ts'
import { onHistory, onPlanned, onRoleShown } from './step/role-events.ts'
import { onGained, onLastScan, onScanCancelled, onScanEnded, onScanProgress, startScan } from './step/scan-events.ts'
import { onExported, onOpened, onPaged, onPreferenceSet, onRemoved, onReported, onWatched } from './step/take-events.ts'
import { newlyWanted, withDiffs } from './wanted.ts'

const handlers: { readonly [K in EventKind]: (state: State, event: Event<K>) => Step } = {
  key: onKey,
  paste: onPaste,
  resized: onResized,
  tick: onTick,
  'last-scan': onLastScan,
  'scan-progress': onScanProgress,
  'scan-ended': onScanEnded,
  'scan-cancelled': onScanCancelled,
  'role-shown': onRoleShown,
  gained: onGained,
  planned: onPlanned,
  history: onHistory,
  interrupted: onInterrupted,
  'apply-ready': onApplyReady,
  undoable: onUndoable,
  'change-progress': onChangeProgress,
  'change-ended': onChangeEnded,
  opened: onOpened,
  'batch-begins': onBatchBegins,
  'batch-refused': onBatchRefused,
  'batch-ended': onBatchEnded,
  removed: onRemoved,
  watched: onWatched,
  reported: onReported,
  exported: onExported,
  paged: onPaged,
  'preference-set': onPreferenceSet,
  'effect-threw': onEffectThrew,
}

function handle<K extends EventKind>(state: State, event: Event<K>): Step {
  const kind: K = event.kind
  return handlers[kind](state, event)
}

/** Cursors stay inside their panes and on their things, whatever changed around them. */
function settle(state: State): State {
  const diffed = withDiffs(state)
  const { panes, layout } = stageOf(diffed)
  if (layout.kind === 'tiny') return diffed
  const moved = panes.map(({ id, pane, height }) => [id, settleCursor(diffed.screen[id], pane, height)] as const)
  if (moved.every(([id, cursor]) => cursor === diffed.screen[id])) return settleOverlay(diffed)
  return settleOverlay({ ...diffed, screen: { ...diffed.screen, ...Object.fromEntries(moved) } })
}

function settleOverlay(state: State): State {
  const { overlay } = state
  if (overlay?.kind !== 'list') return state
  const count = overlayRows(state, overlay).length
  const index = Math.min(overlay.cursor.index, Math.max(0, count - 1))
  return index === overlay.cursor.index ? state : { ...state, overlay: { ...overlay, cursor: { ...overlay.cursor, index } } }
}

/** The whole behaviour of the interface: what happened in, the new state and what the outside shall do out. Pure. */
export function step(state: State, event: Event): Step {
  const handled = handle(state, event)
  const settled = settle(handled.state)
  return next(settled, ...handled.effects, ...newlyWanted(state, settled))
}

/** The first effects: who was interrupted, what is known, then what is new. */
export function begin(state: State): Step {
  const scanning = startScan(state)
  return next(stay(scanning.state).state, { kind: 'load-interrupted' }, { kind: 'load-last-scan' }, ...scanning.effects)
}
