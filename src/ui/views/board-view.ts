import type { RoleRow } from '../../app/views.ts'
import { gradeTone, stageSpans } from '../draw/bars.ts'
import { type Line, line, span } from '../draw/line.ts'
import { listPane, notePane } from '../draw/pane.ts'
import { type Column, measureColumns, tableHead, tableRow } from '../draw/table.ts'
import { deniedOfRole } from '../role-changes.ts'
import type { BoardScreen } from '../screen.ts'
import type { State } from '../state.ts'
import { changeTone } from './history-rows.ts'
import { peekPane } from './peek-view.ts'
import { prose } from './prose.ts'
import { longAge, type Scene, type ScreenView, shortAge } from './scene.ts'

/** Roles on their way: a proposal exists, a stage is in effect, or the newest change left a state. Worst first, like the list. */
export function boardRoles(state: State): readonly RoleRow[] {
  const roles = state.scan.view?.roles ?? []
  return roles.filter(
    ({ stage, roleName }) => stage.applied > 0 || stage.total !== null || stage.state !== 'open' || state.marks.includes(roleName),
  )
}

function nameOf({ state, g }: Scene, row: RoleRow): Line {
  const mark = state.marks.includes(row.roleName) ? [span(`${g.yes} `, 'accent')] : []
  return [...mark, span(row.roleName, deniedOfRole(state, row.roleName).length > 0 ? 'error' : 'strong')]
}

/** Nothing where nobody has looked yet: no calls and no look are two things. */
function deniedCell({ state }: Scene, row: RoleRow): Line {
  const count = deniedOfRole(state, row.roleName).length
  if (count > 0) return line(String(count), 'error')
  return line(state.watch.at === null || row.stage.applied === 0 ? '' : '0', 'dim')
}

function columnsOf(scene: Scene): readonly Column<RoleRow>[] {
  const { w, g } = scene
  const newest = new Map<string, string>()
  if (scene.state.history?.status === 'ready') {
    for (const entry of scene.state.history.value) if (!newest.has(entry.roleName)) newest.set(entry.roleName, entry.at)
  }
  return [
    { id: 'stage', title: w.columns.stages, width: 8, align: 'left', from: 0, cell: (row) => stageSpans(row.stage, 8, g) },
    { id: 'name', title: w.columns.role, width: 'rest', align: 'left', from: 0, cell: (row) => nameOf(scene, row) },
    {
      id: 'state',
      title: w.columns.state,
      width: 14,
      align: 'left',
      from: 40,
      cell: ({ stage }) =>
        stage.state === 'open' ? line(w.board.open, 'dim') : line(w.changeStates[stage.state], changeTone(stage.state)),
    },
    {
      id: 'denied',
      title: w.columns.denied,
      width: 7,
      align: 'right',
      from: 54,
      cell: (row) => deniedCell(scene, row),
    },
    {
      id: 'risk',
      title: w.columns.risk,
      width: 4,
      align: 'right',
      from: 50,
      cell: (row) => line(String(row.riskScore), gradeTone(row.riskGrade)),
    },
    {
      id: 'change',
      title: w.columns.change,
      width: 7,
      align: 'right',
      from: 72,
      cell: (row) => line(newest.has(row.roleName) ? shortAge(scene, newest.get(row.roleName) ?? null) : '', 'dim'),
    },
  ]
}

const legend = ({ w, g, state }: Scene): Line => [
  span(`${g.stageOn} `, 'ok'),
  span(`${w.board.inEffect}   `, 'dim'),
  span(`${g.stageOff} `, 'dim'),
  span(w.board.planned, 'dim'),
  span(state.marks.length === 0 ? '' : `   ${g.yes} ${w.roles.marked(state.marks.length)}`, 'accent'),
]

/** Calls shown of each role; the list of what to give back has all. */
const callsShown = 5

/** What broke, and the two ways out. */
export function deniedLines(scene: Scene, roleName: string): readonly Line[] {
  const denied = deniedOfRole(scene.state, roleName)
  if (denied.length === 0) return []
  const { w, g } = scene
  const newest = denied.toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, callsShown)
  return [
    [span(`${g.no} ${w.board.deniedCalls(denied.length)}`, 'error')],
    ...newest.map(({ action, at }): Line => [span(`  ${action}`, 'error'), span(`  ${longAge(scene, at)}`, 'dim')]),
    ...prose(scene, w.board.waysOut, { tone: 'accent' }),
  ]
}

export const boardView: ScreenView<BoardScreen> = {
  share: 0.54,
  main: (scene, screen) => {
    const { w } = scene
    const roles = boardRoles(scene.state)
    const measured = measureColumns(columnsOf(scene), scene.width)
    return listPane({
      title: [span(w.board.title, 'title'), span(` ${roles.length}`, 'dim')],
      note: roles.length === 0 ? '' : w.place(Math.min(screen.main.index + 1, roles.length), roles.length),
      head: roles.length === 0 ? [] : [legend(scene), [], tableHead(measured, scene.g)],
      rows: roles.map((row) => ({ id: row.roleId, line: () => tableRow(measured, row, scene.g) })),
      empty: prose(scene, w.board.none, { tone: 'dim' }),
    })
  },
  detail: (scene, screen) => {
    const row = boardRoles(scene.state)[screen.main.index] ?? null
    if (row === null) return notePane([], '')
    const peek = peekPane(scene, row)
    const denied = deniedLines(scene, row.roleName)
    return { ...peek, head: denied.length === 0 ? peek.head : [...denied, []] }
  },
}
