import type { HistoryEntry } from '../../app/views.ts'
import { span } from '../draw/line.ts'
import { listPane, notePane } from '../draw/pane.ts'
import type { LedgerScreen } from '../screen.ts'
import type { State } from '../state.ts'
import { historyDetail, historyRows } from './history-rows.ts'
import { prose } from './prose.ts'
import type { ScreenView } from './scene.ts'

/** The ledger newest first, of one role or of all. */
export function ledgerEntries(state: State, screen: LedgerScreen): readonly HistoryEntry[] {
  if (state.history?.status !== 'ready') return []
  const { value } = state.history
  return screen.roleName === null ? value : value.filter(({ roleName }) => roleName === screen.roleName)
}

export const ledgerView: ScreenView<LedgerScreen> = {
  share: 0.58,
  main: (scene, screen) => {
    const { w, g, state } = scene
    const title = [span(w.history.title, 'title'), span(screen.roleName === null ? '' : ` ${g.bullet} ${screen.roleName}`, 'dim')]
    if (state.history === null || state.history.status === 'loading') return notePane(title, w.loading)
    const entries = ledgerEntries(state, screen)
    return listPane({
      title,
      rows: historyRows(scene, entries, { withRole: screen.roleName === null }),
      note: entries.length === 0 ? '' : w.place(Math.min(screen.main.index + 1, entries.length), entries.length),
      empty: prose(scene, screen.roleName === null ? w.history.none : w.history.noneOfRole, { tone: 'dim' }),
    })
  },
  detail: (scene, screen) => historyDetail(scene, ledgerEntries(scene.state, screen)[screen.main.index] ?? null),
}
