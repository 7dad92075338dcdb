import { freshPanes, inventoryTabs, type Screen } from '../screen.ts'
import type { State } from '../state.ts'

/** The list of roles is always at the bottom. */
const bottom = (state: State): Screen => state.below[0] ?? state.screen

export const push = (state: State, screen: Screen): State => ({ ...state, screen, below: [...state.below, state.screen] })

export const replace = (state: State, screen: Screen): State => ({ ...state, screen })

/** Back to the screen beneath; at the bottom it stays. */
export function pop(state: State): State {
  const screen = state.below.at(-1)
  return screen === undefined ? state : { ...state, screen, below: state.below.slice(0, -1) }
}

export const toRoles = (state: State): State => ({ ...state, screen: bottom(state), below: [] })

/** A phase starts over the list of roles, whatever was open. */
export const overRoles = (state: State, screen: Screen): State => push(toRoles(state), screen)

export const roleScreen = (roleName: string): Screen => ({ kind: 'role', roleName, tab: 'unused', open: [], ...freshPanes })

export const previewScreen = (roleName: string): Screen => ({ kind: 'preview', roleName, tab: 'removes', open: [], ...freshPanes })

export const ledgerScreen = (roleName: string | null): Screen => ({ kind: 'ledger', roleName, ...freshPanes })

export const inventoryScreen = (name: string): Screen => ({
  kind: 'inventory',
  tab: inventoryTabs.find((tab) => tab === name) ?? 'users',
  ...freshPanes,
})

export const showsChange = (state: State): boolean => state.screen.kind === 'change'
