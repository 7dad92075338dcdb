import { parseFilter } from '../../app/role-filter.ts'
import { indexRoles, siftRoles } from '../../app/role-index.ts'
import { withGains } from '../../app/role-order.ts'
import type { RoleRow, ScanView } from '../../app/views.ts'
import type { Event } from '../events.ts'
import { summarise } from '../scan-summary.ts'
import type { State } from '../state.ts'
import { rowOf, subjectName } from '../subject.ts'
import { inventoryScreen, ledgerScreen, overRoles, previewScreen, push, roleScreen, toRoles } from './navigate.ts'
import { next, type Step, stay, toast, words } from './result.ts'

const noRoles: readonly RoleRow[] = []

/** The list as filter and sort have it; the cursor follows its role afterwards. */
export function reorder(state: State, roles: Partial<Pick<State['roles'], 'sort' | 'filter'>> = {}): State {
  const asked = { sort: state.roles.sort, filter: state.roles.filter, ...roles }
  const of = state.scan.view?.roles ?? noRoles
  const before = state.roles.sifted
  const index = before?.index.of === of ? before.index : indexRoles(of)
  const filter = before?.filter.text === asked.filter ? before.filter : parseFilter(asked.filter)
  const sifted = siftRoles({ index, sort: asked.sort, filter }, { before, now: state.now })
  return { ...state, roles: { ...state.roles, ...asked, sifted, rows: sifted.left.rows } }
}

/** Where `--role` and `--screen` point, once there are roles to point at. */
function followLink(state: State): State {
  const { role, screen } = state.link
  const linked: State = { ...state, link: { role: null, screen: null } }
  if (role === null && screen === null) return state
  if (role !== null && rowOf(state, role) === null) return toast(linked, 'warn', words(state).toasts.noSuchRole(role))
  const target = role === null ? linked : withCursorOn(linked, role)
  if (state.screen.kind === 'interrupted') return target
  if (screen === 'tighten') return overRoles(target, { ...freshBoard })
  if (screen === 'inventory' || screen === 'users' || screen === 'policies') return overRoles(target, inventoryScreen(screen))
  if (screen === 'history' || screen === 'govern') return overRoles(target, ledgerScreen(role))
  if (role === null || screen === 'roles') return target
  return push(toRoles(target), screen === 'preview' || screen === 'design' ? previewScreen(role) : roleScreen(role))
}

const freshBoard = { kind: 'board', focus: 'main', main: { id: null, index: 0, top: 0 }, detail: { id: null, index: 0, top: 0 } } as const

function withCursorOn(state: State, roleName: string): State {
  const index = state.roles.rows.findIndex((row) => row.roleName === roleName)
  const row = state.roles.rows[index]
  if (row === undefined || state.screen.kind !== 'roles') return state
  return { ...state, screen: { ...state.screen, main: { id: row.roleId, index, top: 0 } } }
}

/** What was worked out from the scan before is asked for again where the screen needs it. */
function takeView(state: State, view: ScanView, stored: boolean): State {
  const taken = {
    ...state,
    scan: { ...state.scan, view, summary: summarise(view.roles), stored },
    known: new Map(),
    plans: new Map(),
    report: null,
    history: null,
  }
  return followLink(reorder(taken))
}

/** The order that was asked for takes effect now: the rows know what it goes by. */
export function onGained(state: State, { gains }: Event<'gained'>): Step {
  const { view } = state.scan
  if (view === null) return stay(state)
  return stay(reorder({ ...state, scan: { ...state.scan, view: { ...view, roles: withGains(view.roles, gains) } } }))
}

export const onLastScan = (state: State, { view }: Event<'last-scan'>): Step =>
  stay(view === null || (state.scan.view !== null && !state.scan.stored) ? state : takeView(state, view, true))

export const startScan = (state: State): Step =>
  next(
    {
      ...state,
      scan: { ...state.scan, running: { what: '', done: 0, total: null, since: state.now, throttledUntil: null }, refusal: null },
    },
    { kind: 'scan', first: state.link.role ?? subjectName(state) },
  )

/** Reads run side by side: one that goes on does not end the wait of another. */
export function onScanProgress(state: State, { what, done, total, throttledMs }: Event<'scan-progress'>): Step {
  const { running } = state.scan
  if (running === null) return stay(state)
  const since = running.what === what ? running.since : state.now
  const throttledUntil = throttledMs === undefined ? running.throttledUntil : Math.max(running.throttledUntil ?? 0, state.now + throttledMs)
  return stay({ ...state, scan: { ...state.scan, running: { what, done, total, since, throttledUntil } } })
}

export function onScanEnded(state: State, { outcome }: Event<'scan-ended'>): Step {
  const ended: State = { ...state, scan: { ...state.scan, running: null } }
  if (outcome.ok) return stay(takeView({ ...ended, scan: { ...ended.scan, refusal: null } }, outcome.value, false))
  return stay({ ...ended, scan: { ...ended.scan, refusal: outcome.refusal } })
}

export const onScanCancelled = (state: State): Step =>
  stay(toast({ ...state, scan: { ...state.scan, running: null } }, 'info', words(state).toasts.scanCancelled))
