import { line, span } from '../draw/line.ts'
import { listPane, notePane, textPane } from '../draw/pane.ts'
import type { SettingsScreen } from '../screen.ts'
import { prose } from './prose.ts'
import { cell, type ScreenView } from './scene.ts'

export const settingsView: ScreenView<SettingsScreen> = {
  share: 0.56,
  main: (scene, screen) => {
    const { w, state } = scene
    const rows = state.preferences
    return listPane({
      title: [span(w.settings.title, 'title')],
      note: rows.length === 0 ? '' : w.place(Math.min(screen.main.index + 1, rows.length), rows.length),
      rows: rows.map(({ key, value }) => ({
        id: key,
        line: () => [cell(scene, key, 24, 'strong'), span(`  ${value === '' ? w.none : value}`, value === '' ? 'dim' : 'plain')],
      })),
      empty: [line(w.settings.none, 'dim')],
    })
  },
  detail: (scene, screen) => {
    const row = scene.state.preferences[screen.main.index]
    if (row === undefined) return notePane([], '')
    return textPane(
      [span(row.key, 'title')],
      [
        ...prose(scene, row.about),
        [],
        ...prose(scene, row.value === '' ? scene.w.none : row.value, { tone: 'accent' }),
        [],
        ...prose(scene, scene.w.settings.hint, { tone: 'dim' }),
      ],
    )
  },
}
