import { line, span } from '../draw/line.ts'
import { listPane, notePane, textPane } from '../draw/pane.ts'
import { inventoryRows } from '../inventory-rows.ts'
import { type InventoryScreen, inventoryTabs } from '../screen.ts'
import { prose } from './prose.ts'
import { cell, type Scene, type ScreenView } from './scene.ts'
import { tabTitle } from './tab-title.ts'

const titleOf = (scene: Scene, screen: InventoryScreen) =>
  tabTitle(scene, inventoryTabs, { current: screen.tab, name: (tab) => scene.w.inventory.tabs[tab] })

export const inventoryView: ScreenView<InventoryScreen> = {
  share: 0.56,
  main: (scene, screen) => {
    const { w, state } = scene
    const title = titleOf(scene, screen)
    if (state.report?.status === 'failed') return textPane(title, prose(scene, state.report.refusal.message, { tone: 'error' }))
    if (state.report?.status !== 'ready') return notePane(title, w.inventory.making)
    const rows = inventoryRows(state, screen.tab)
    const nameWidth = Math.max(12, Math.floor(scene.width * 0.5))
    return listPane({
      title,
      note: rows.length === 0 ? '' : w.place(Math.min(screen.main.index + 1, rows.length), rows.length),
      rows: rows.map(({ id, name, note, tone }) => ({
        id,
        line: () => [cell(scene, name, nameWidth, 'strong'), span('  '), span(note, tone)],
      })),
      empty: [line(w.inventory.empty[screen.tab], 'dim')],
    })
  },
  detail: (scene, screen) => {
    const row = inventoryRows(scene.state, screen.tab)[screen.main.index]
    if (row === undefined) return notePane([], '')
    const facts = row.facts.filter(([, value]) => value !== '')
    return textPane(
      [span(row.name, 'title')],
      facts.flatMap(([label, value]) => prose(scene, value, { lead: [cell(scene, scene.w.inventory.facts[label], 12, 'dim')] })),
    )
  },
}
