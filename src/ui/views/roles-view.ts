import type { SortId } from '../../app/role-order.ts'
import type { RoleRow } from '../../app/views.ts'
import { clean } from '../../words/clean.ts'
import { countOf } from '../../words/figures.ts'
import { truncate } from '../../words/width.ts'
import { gradeTone, riskSpans, stageSpans } from '../draw/bars.ts'
import { type Line, line, lineWidth, span } from '../draw/line.ts'
import type { Pane } from '../draw/pane.ts'
import { type Column, measureColumns, tableHead, tableRow } from '../draw/table.ts'
import { deniedOfRole } from '../role-changes.ts'
import type { RolesScreen } from '../screen.ts'
import { peekPane } from './peek-view.ts'
import { usualColumns } from './role-columns.ts'
import { type Scene, type ScreenView, shortAge } from './scene.ts'

const wideBar = 8
const narrowBar = 4
const stageWidth = 5

/** The mark stands before the name, the guard's sign and denied calls right after it, and a long name makes room. */
function nameCell(scene: Scene, row: RoleRow, width: number): Line {
  const { state, g, w } = scene
  const denied = deniedOfRole(state, row.roleName).length
  const tone = denied > 0 ? 'error' : row.riskScore >= 70 ? 'strong' : 'plain'
  const before: Line = state.marks.includes(row.roleName) ? [span(`${g.yes} `, 'accent')] : []
  const after: Line = [
    ...(row.protected ? [span(` ${g.guard}`, 'warn')] : []),
    ...(denied > 0 ? [span(` ${w.board.denied(denied)}`, 'error')] : []),
  ]
  const room = width - lineWidth(before) - lineWidth(after)
  return [...before, span(truncate(clean(row.roleName), room, g.ellipsis), tone), ...after]
}

const figure = (scene: Scene, id: 'granted' | 'used' | 'unknown', value: (row: RoleRow) => number): Column<RoleRow> => ({
  id,
  title: scene.w.columns[id],
  width: 7,
  align: 'right',
  from: 50,
  cell: (row) => line(countOf(value(row)), 'dim'),
})

function columnsOf(scene: Scene): readonly Column<RoleRow>[] {
  const { w, g, state } = scene
  const { sort } = state.roles
  const barWidth = scene.width < 64 ? narrowBar : wideBar
  const heading = (text: string, sorted: boolean, arrow: string): string => (sorted ? `${text}${arrow}` : text)
  return [
    {
      id: 'risk',
      title: heading(w.columns.risk, sort === 'risk', g.down),
      width: 4 + barWidth,
      align: 'left',
      from: 40,
      cell: (row) => riskSpans(row.riskScore, barWidth, g),
    },
    {
      id: 'score',
      title: w.columns.risk,
      width: 4,
      align: 'right',
      from: 0,
      cell: (row) => [span(String(row.riskScore), gradeTone(row.riskGrade))],
    },
    {
      id: 'grade',
      title: '',
      width: 8,
      align: 'left',
      from: 64,
      cell: (row) => [span(w.grades[row.riskGrade], gradeTone(row.riskGrade))],
    },
    {
      id: 'name',
      title: heading(w.columns.role, sort === 'name', g.up),
      width: 'rest',
      align: 'left',
      from: 0,
      cell: (row, width) => nameCell(scene, row, width),
    },
    {
      id: 'unused',
      title: heading(w.columns.unused, sort === 'unused', g.down),
      width: 7,
      align: 'right',
      from: 34,
      cell: (row) => [span(w.percent(Math.round(row.unusedPercent)), row.unusedPercent >= state.facts.unusedFrom ? 'plain' : 'dim')],
    },
    {
      id: 'gain',
      title: heading(w.columns.gain, true, g.down),
      width: 6,
      align: 'right',
      from: 34,
      cell: (row) => [span((row.gain ?? 0).toFixed(2), (row.gain ?? 0) > 0 ? 'plain' : 'dim')],
    },
    {
      id: 'last',
      title: heading(w.columns.last, sort === 'last-used', g.up),
      width: 7,
      align: 'right',
      from: 50,
      cell: (row) => [span(shortAge(scene, row.lastUsed), row.lastUsed === null ? 'warn' : 'dim')],
    },
    {
      id: 'stage',
      title: w.columns.stage,
      width: stageWidth,
      align: 'left',
      from: 28,
      cell: (row) => stageSpans(row.stage, stageWidth, g),
    },
    figure(scene, 'granted', (row) => row.grantedActions),
    figure(scene, 'used', (row) => row.usedActions),
    figure(scene, 'unknown', (row) => row.unknownActions),
    { id: 'flags', title: w.columns.flags, width: 18, align: 'left', from: 70, cell: (row) => line(row.flags.join(', '), 'dim') },
  ]
}

/** The bar column brings its own number: the bare number stands in only where there is no room for a bar. */
function columnsFor(scene: Scene): ReturnType<typeof measureColumns<RoleRow>> {
  const hasBar = scene.width >= 40
  const { columns, rows, sort } = scene.state.roles
  const shown: ReadonlySet<string> = new Set<string>([
    'name',
    ...(columns ?? usualColumns),
    ...(shownSort(sort, rows) === 'gain' ? ['gain'] : []),
  ])
  const isShown = (id: string): boolean => (id === 'score' ? !hasBar && shown.has('risk') : shown.has(id) && (id !== 'risk' || hasBar))
  return measureColumns(
    columnsOf(scene).filter(({ id }) => isShown(id)),
    scene.width,
  )
}

/** Rows whose gain is not known yet stand by risk. */
const shownSort = (sort: SortId, rows: readonly RoleRow[]): SortId => (sort === 'gain' && rows[0]?.gain === undefined ? 'risk' : sort)

function titleOf({ state, w, g }: Scene): Line {
  const all = state.scan.view?.roles.length ?? 0
  const { filter, rows, sort, sifted } = state.roles
  const count = filter === '' ? String(all) : w.roles.some(rows.length, all)
  return [
    span(w.roles.title, 'title'),
    span(` ${count} ${g.bullet} ${w.roles.by[shownSort(sort, rows)]}`, 'dim'),
    ...(filter === ''
      ? []
      : [span(` ${g.bullet} `, 'dim'), span(`/${filter}`, (sifted?.filter.problem ?? null) === null ? 'accent' : 'warn')]),
    ...(state.marks.length === 0 ? [] : [span(` ${g.bullet} `, 'dim'), span(`${g.yes} ${w.roles.marked(state.marks.length)}`, 'accent')]),
  ]
}

function emptyOf({ state, w }: Scene): readonly Line[] {
  const { scan, roles } = state
  if (scan.view !== null) return [line(roles.filter === '' ? w.roles.none : w.roles.noMatch(roles.filter), 'dim')]
  if (scan.refusal !== null) {
    const { message, hint } = scan.refusal
    return [line(w.roles.scanFailed, 'error'), line(message), line(hint ?? w.roles.scanFailedHint, 'dim')]
  }
  return [line(scan.running === null ? w.roles.notScanned : w.roles.scanning, 'dim')]
}

function main(scene: Scene, screen: RolesScreen): Pane {
  const measured = columnsFor(scene)
  const { rows } = scene.state.roles
  return {
    kind: 'list',
    title: titleOf(scene),
    note: rows.length === 0 ? '' : scene.w.place(Math.min(screen.main.index + 1, rows.length), rows.length),
    head: [tableHead(measured, scene.g)],
    count: rows.length,
    idAt: (at) => rows[at]?.roleId ?? '',
    rowAt: (at) => {
      const row = rows[at]
      return row === undefined ? [] : tableRow(measured, row, scene.g)
    },
    foot: [],
    empty: emptyOf(scene),
  }
}

export const rolesView: ScreenView<RolesScreen> = {
  share: 0.54,
  main,
  detail: (scene, screen) => peekPane(scene, scene.state.roles.rows[screen.main.index] ?? null),
}
