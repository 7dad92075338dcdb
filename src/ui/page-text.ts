import { jsonText } from '../words/json-text.ts'
import { lineText } from './draw/line.ts'
import { stageOf } from './screens.ts'
import type { State } from './state.ts'
import { selectedStage } from './views/preview-view.ts'

export type Page = { readonly name: string; readonly text: string }

function documentOf(state: State): Page | null {
  const { screen } = state
  if (screen.kind === 'role' && (screen.tab === 'policies' || screen.tab === 'trust')) {
    const loaded = state.known.get(screen.roleName)
    if (loaded?.status !== 'ready') return null
    if (screen.tab === 'trust') return { name: 'trust.json', text: jsonText(loaded.value.view.trustPolicy) }
    const policy = loaded.value.view.policies[screen.main.index]
    return policy === undefined ? null : { name: `${policy.name}.json`, text: jsonText(policy.document) }
  }
  if (screen.kind !== 'preview' || screen.tab === 'removes') return null
  const loaded = state.plans.get(screen.roleName)
  const known = loaded?.status === 'ready' ? selectedStage(loaded.value, screen) : null
  return known === null ? null : { name: `stage-${known.stage.n}.json`, text: jsonText(known.stage.after.map(({ document }) => document)) }
}

/** All rows of the focused pane and what stands under them, out of sight or not. */
function paneText(state: State): Page | null {
  const placed = stageOf(state).panes.find(({ id }) => id === state.screen.focus)
  if (placed === undefined || placed.pane.count === 0) return null
  const rows = Array.from({ length: placed.pane.count }, (_, index) => lineText(placed.pane.rowAt(index)).trimEnd())
  return {
    name: `${state.screen.kind}.txt`,
    text: `${[...placed.pane.head.map(lineText), ...rows, ...placed.pane.foot.map((line) => lineText(line).trimEnd())].join('\n')}\n`,
  }
}

/** Whether there is anything to show: asked for every list of commands, so no row is made for it. */
export function hasPage(state: State): boolean {
  return stageOf(state).panes.some(({ id, pane }) => id === state.screen.focus && pane.count > 0)
}

/** What a pager or an editor shows: the document under the cursor, else the pane. */
export const pageOf = (state: State): Page | null => documentOf(state) ?? paneText(state)
