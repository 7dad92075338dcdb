import type { HistoryEntry, RoleRow } from '../app/views.ts'
import { inventoryRows } from './inventory-rows.ts'
import type { Screen } from './screen.ts'
import type { State } from './state.ts'
import { boardRoles } from './views/board-view.ts'
import { ledgerEntries } from './views/ledger-view.ts'

/** The ledger entry under the cursor. */
export function subjectEntry(state: State): HistoryEntry | null {
  return state.screen.kind === 'ledger' ? (ledgerEntries(state, state.screen)[state.screen.main.index] ?? null) : null
}

/** The name of the role that a command acts on now: the one that is highlighted, or the one that the screen is about. */
export function subjectName(state: State): string | null {
  const { screen } = state
  const names: { readonly [K in Screen['kind']]: () => string | null } = {
    roles: () => state.roles.rows[screen.main.index]?.roleName ?? null,
    role: () => (screen.kind === 'role' ? screen.roleName : null),
    preview: () => (screen.kind === 'preview' ? screen.roleName : null),
    board: () => boardRoles(state)[screen.main.index]?.roleName ?? null,
    change: () => state.run?.roleName ?? null,
    ledger: () => subjectEntry(state)?.roleName ?? null,
    interrupted: () => null,
    drift: () => state.conflict?.roleName ?? null,
    batch: () => state.batch[screen.main.index]?.roleName ?? null,
    log: () => null,
    inventory: () => subjectOfInventory(state),
    settings: () => null,
  }
  return names[screen.kind]()
}

/** Findings are about roles; users and policies are not. */
function subjectOfInventory(state: State): string | null {
  const { screen } = state
  return screen.kind === 'inventory' && screen.tab === 'findings'
    ? (inventoryRows(state, screen.tab)[screen.main.index]?.name ?? null)
    : null
}

export const rowOf = (state: State, roleName: string): RoleRow | null => state.roles.sifted?.index.byName.get(roleName) ?? null

export function subjectRow(state: State): RoleRow | null {
  const name = subjectName(state)
  return name === null ? null : rowOf(state, name)
}
