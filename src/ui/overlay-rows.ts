import { nameMatcher } from '../app/name-matcher.ts'
import type { ReportFormat } from '../report/render/render-report.ts'
import { wordsOf } from '../words/index.ts'
import { commandRecords, commandsHere, isHere } from './command-records.ts'
import type { CommandRecord } from './commands/record.ts'
import type { Tone } from './draw/line.ts'
import { reportRequest } from './export-request.ts'
import { keysOf } from './key-bindings.ts'
import type { ListOverlay } from './overlay.ts'
import { deniedOf } from './role-changes.ts'
import { runCommand } from './run-command.ts'
import { type RoleColumnId, roleColumnIds, type State } from './state.ts'
import { ask } from './step/change-events.ts'
import { push, roleScreen, toRoles } from './step/navigate.ts'
import { next, type Step, stay } from './step/result.ts'
import { keyName } from './views/key-name.ts'
import { usualColumns } from './views/role-columns.ts'

/** One row of a list over the screen: what it says in three columns, and what Enter does. */
export type OverlayRow = {
  readonly id: string
  readonly keys: string
  readonly label: string
  readonly text: string
  readonly tone: Tone
  /** Dim where it cannot be run now; its text says why. */
  readonly isOn: boolean
  readonly run: (state: State) => Step
}

const close = (state: State): State => ({ ...state, overlay: null })

function commandRow(state: State, record: CommandRecord, reason: string | null): OverlayRow {
  const { label, help } = wordsOf(state.facts.lang).commands[record.id]
  const keys = keysOf(record, state.facts.keys)
  return {
    id: record.id,
    keys: keys.map((key) => keyName(key, state.facts.ascii)).join(' '),
    label,
    text: reason ?? help,
    tone: reason === null ? 'plain' : 'warn',
    isOn: reason === null,
    run: (now) => (isHere(record, now) ? runCommand(close(now), record) : stay(now)),
  }
}

function saysCommand(state: State, record: CommandRecord, asked: string): boolean {
  const { label, help } = wordsOf(state.facts.lang).commands[record.id]
  const keys = keysOf(record, state.facts.keys)
  return keys.includes(asked) || `${record.id} ${label} ${help} ${keys.join(' ')}`.toLowerCase().includes(asked.toLowerCase())
}

/** The commands of this screen that the typed words match: by label, sentence or key. */
function helpRows(state: State, { filter }: ListOverlay): readonly OverlayRow[] {
  const asked = filter.trim()
  return commandsHere(state)
    .filter((record) => asked === '' || saysCommand(state, record, asked))
    .map((record) => commandRow(state, record, record.blocked(state)))
}

/** Roles offered beside the commands: enough to choose from, few enough to read. */
const rolesOffered = 20

/** Every command, by its name, and every role to go to: what works here first. */
function paletteRows(state: State, { filter }: ListOverlay): readonly OverlayRow[] {
  const w = wordsOf(state.facts.lang)
  const asked = filter.trim().toLowerCase()
  const matches = nameMatcher(asked)
  const matching = commandRecords.filter(({ id }) => asked === '' || matches(id) || w.commands[id].label.toLowerCase().includes(asked))
  const [here, elsewhere] = [matching.filter((one) => isHere(one, state)), matching.filter((one) => !isHere(one, state))]
  const shelf = state.roles.sifted?.index.orders.get('risk') ?? { rows: [], names: [] }
  const roles = asked === '' ? [] : shelf.rows.filter((_row, at) => matches(shelf.names[at] ?? ''))
  return [
    ...here.map((record) => ({ ...commandRow(state, record, record.blocked(state)), label: record.id })),
    ...roles.slice(0, rolesOffered).map(
      ({ roleName, riskScore }): OverlayRow => ({
        id: `role ${roleName}`,
        keys: w.columns.role.toLowerCase(),
        label: roleName,
        text: `${w.preview.risk} ${riskScore}`,
        tone: 'dim',
        isOn: true,
        run: (now) => stay(push(toRoles(close(now)), roleScreen(roleName))),
      }),
    ),
    ...elsewhere.map((record) => ({ ...commandRow(state, record, w.blocked.elsewhere(screensOf(state, record))), label: record.id })),
  ]
}

const screensOf = (state: State, { on }: CommandRecord): string =>
  on === 'all' ? '' : on.map((kind) => wordsOf(state.facts.lang).screens[kind]).join(', ')

/** The actions of a stage, those that were called and denied first. */
function giveBackRows(state: State, { filter, entry }: ListOverlay): readonly OverlayRow[] {
  const w = wordsOf(state.facts.lang)
  const loaded = entry === null ? undefined : state.removed.get(entry.changeId)
  if (entry === null || loaded?.status !== 'ready') return []
  const denied = new Map(deniedOf(state, entry).map(({ action, at }) => [action.toLowerCase(), at]))
  const asked = filter.trim().toLowerCase()
  return loaded.value
    .filter((action) => action.toLowerCase().includes(asked))
    .toSorted((a, b) => Number(denied.has(b.toLowerCase())) - Number(denied.has(a.toLowerCase())))
    .map((action): OverlayRow => {
      const at = denied.get(action.toLowerCase())
      return {
        id: action,
        keys: at === undefined ? '' : w.giveBack.denied,
        label: action,
        text: at ?? '',
        tone: at === undefined ? 'dim' : 'error',
        isOn: true,
        run: (now) => stay(ask(close(now), { kind: 'give-back', entry, action })),
      }
    })
}

function toggleColumn(state: State, id: RoleColumnId): Step {
  const shown = state.roles.columns ?? usualColumns
  const columns = roleColumnIds.filter((one) => (one === id ? !shown.includes(one) : shown.includes(one)))
  return next({ ...state, roles: { ...state.roles, columns } }, { kind: 'set-preference', key: 'columns', value: JSON.stringify(columns) })
}

function columnRows(state: State, { filter }: ListOverlay): readonly OverlayRow[] {
  const w = wordsOf(state.facts.lang)
  const shown = state.roles.columns ?? usualColumns
  return roleColumnIds
    .filter((id) => id.includes(filter.trim().toLowerCase()))
    .map((id) => ({
      id,
      keys: shown.includes(id) ? '[x]' : '[ ]',
      label: id,
      text: w.roleColumns[id],
      tone: 'plain',
      isOn: true,
      run: (now) => toggleColumn(now, id),
    }))
}

const formats: readonly ReportFormat[] = ['html', 'md', 'json']

function reportRows(state: State, { filter }: ListOverlay): readonly OverlayRow[] {
  const w = wordsOf(state.facts.lang)
  return formats
    .filter((format) => `${format} ${w.reportFormats[format]}`.toLowerCase().includes(filter.trim().toLowerCase()))
    .map((format) => ({
      id: format,
      keys: format,
      label: `report.${format}`,
      text: w.reportFormats[format],
      tone: 'plain',
      isOn: true,
      run: (now) =>
        next({ ...close(now), waiting: { command: 'export', roleName: '' } }, { kind: 'export', ...reportRequest(now, format) }),
    }))
}

const makers: Readonly<Record<ListOverlay['list'], (state: State, overlay: ListOverlay) => readonly OverlayRow[]>> = {
  help: helpRows,
  palette: paletteRows,
  columns: columnRows,
  'give-back': giveBackRows,
  report: reportRows,
}

export const overlayRows = (state: State, overlay: ListOverlay): readonly OverlayRow[] => makers[overlay.list](state, overlay)
