import type { Pane } from './draw/pane.ts'
import { type Area, innerHeight, innerWidth, type Layout, layoutOf } from './layout.ts'
import type { PaneId, Screen } from './screen.ts'
import type { State } from './state.ts'
import { batchView } from './views/batch-view.ts'
import { boardView } from './views/board-view.ts'
import { changeView } from './views/change-view.ts'
import { driftView } from './views/drift-view.ts'
import { interruptedView } from './views/interrupted-view.ts'
import { inventoryView } from './views/inventory-view.ts'
import { ledgerView } from './views/ledger-view.ts'
import { logView } from './views/log-view.ts'
import { previewView } from './views/preview-view.ts'
import { roleView } from './views/role-view.ts'
import { rolesView } from './views/roles-view.ts'
import { type ScreenView, sceneOf } from './views/scene.ts'
import { settingsView } from './views/settings-view.ts'

type ScreenOf<K extends Screen['kind']> = { [P in K]: Extract<Screen, { readonly kind: P }> }[K]

const views: { readonly [K in Screen['kind']]: ScreenView<ScreenOf<K>> } = {
  roles: rolesView,
  role: roleView,
  preview: previewView,
  board: boardView,
  change: changeView,
  ledger: ledgerView,
  interrupted: interruptedView,
  drift: driftView,
  batch: batchView,
  log: logView,
  inventory: inventoryView,
  settings: settingsView,
}

export type PlacedPane = { readonly id: PaneId; readonly pane: Pane; readonly area: Area; readonly height: number }

/** The panes of the screen on top with their places: what moving and drawing both work on. */
export type Stage = { readonly layout: Layout; readonly panes: readonly PlacedPane[] }

function viewOf<K extends Screen['kind']>(screen: ScreenOf<K>): ScreenView<ScreenOf<K>> {
  const kind: K = screen.kind
  return views[kind]
}

function place<K extends Screen['kind']>(state: State, screen: ScreenOf<K>): Stage {
  const view = viewOf(screen)
  const layout = layoutOf(state.size, view.share)
  const put = (id: PaneId, area: Area): PlacedPane => {
    const scene = sceneOf(state, innerWidth(area))
    return { id, pane: view[id](scene, screen), area, height: innerHeight(area) }
  }
  if (layout.detail !== null) return { layout, panes: [put('main', layout.main), put('detail', layout.detail)] }
  return { layout, panes: [put(screen.focus, layout.main)] }
}

export const stageOf = (state: State): Stage => place(state, state.screen)
