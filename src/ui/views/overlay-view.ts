import type { Refusal } from '../../app/use-cases.ts'
import { joinLines, type Line, line, lineWidth, span } from '../draw/line.ts'
import { type ListRow, listPane, type Pane, textPane } from '../draw/pane.ts'
import { type Area, innerWidth } from '../layout.ts'
import type { ConfirmOverlay, InputOverlay, ListOverlay, Overlay } from '../overlay.ts'
import { overlayRows } from '../overlay-rows.ts'
import { type Cursor, firstRow } from '../screen.ts'
import type { State } from '../state.ts'
import { isEnabled } from '../step/overlay-keys.ts'
import { confirmText } from './confirm-text.ts'
import { prose } from './prose.ts'
import { cell, type Scene, sceneOf } from './scene.ts'

/** A box over the screen. */
export type OverlayView = { readonly pane: Pane; readonly cursor: Cursor; readonly area: Area }

const widest = { confirm: 74, list: 96, input: 74, refusal: 74 }

/** The focused button is set off by a sign as well as by its colour. Side by side, or one under the other where it is narrow. */
function buttonLines(scene: Scene, overlay: ConfirmOverlay, label: string): readonly Line[] {
  const button = (text: string, focus: ConfirmOverlay['focus'], isOn: boolean): Line => {
    const isFocused = overlay.focus === focus
    return [span(isFocused ? `${scene.g.closed} ` : '  ', 'title'), span(`[ ${text} ]`, isFocused ? 'button' : isOn ? 'plain' : 'dim')]
  }
  const both = [button(scene.w.confirm.cancel, 'cancel', true), button(label, 'confirm', isEnabled(overlay))]
  const row = joinLines(both, [span('   ')])
  return lineWidth(row) <= scene.width ? [row] : both
}

function typedLines(scene: Scene, overlay: ConfirmOverlay): readonly Line[] {
  const { typed } = overlay
  if (typed === null) return []
  const tone = typed.value === typed.expected ? 'ok' : typed.expected.startsWith(typed.value) ? 'plain' : 'error'
  return [
    [],
    ...prose(scene, scene.w.confirm.typeName(typed.expected)),
    [span('> ', 'dim'), span(typed.value, tone), span(typed.value === typed.expected ? '' : ' ', 'button')],
    ...reasonLines(scene, overlay),
  ]
}

/** The end of a long reason is in sight: that is where one types. */
function reasonLines(scene: Scene, { typed, reason }: ConfirmOverlay): readonly Line[] {
  if (reason === null || typed === null) return []
  const isHere = typed.value === typed.expected
  const shown = prose(scene, reason, { lead: [span('> ', 'dim')] })
  const [last = [span('> ', 'dim')]] = shown.slice(-1)
  return [...prose(scene, scene.w.confirm.reason, { tone: isHere ? 'plain' : 'dim' }), [...last, span(isHere ? ' ' : '', 'button')]]
}

/** The name and the buttons always have their place; where the screen is low, the explanation gives way. */
function confirmPane(scene: Scene, overlay: ConfirmOverlay, tallest: number): Pane {
  const { title, body, button } = confirmText(scene, overlay.intent)
  const act = [...typedLines(scene, overlay), [], ...buttonLines(scene, overlay, button)]
  const hint = [[], ...prose(scene, scene.w.confirm.keys, { tone: 'dim' })]
  const whole = [...body, ...act, ...hint]
  if (whole.length <= tallest) return textPane([span(title, 'warn')], whole)
  const room = Math.max(0, tallest - act.length)
  const kept = body.length <= room ? body : [...body.slice(0, Math.max(0, room - 1)), line(scene.g.ellipsis, 'dim')].slice(0, room)
  return textPane([span(title, 'warn')], [...kept, ...act.slice(-tallest)])
}

function refusalPane(scene: Scene, refusal: Refusal): Pane {
  const { w } = scene
  return textPane(
    [span(w.refusal.title, 'error')],
    [
      ...prose(scene, refusal.message, { tone: 'strong' }),
      ...(refusal.hint === null ? [] : [[], ...prose(scene, refusal.hint)]),
      [],
      line(w.refusal.nothing, 'dim'),
      line(w.refusal.close, 'dim'),
    ],
  )
}

const rowWidths = { help: [15, 16], palette: [8, 28], columns: [4, 12], 'give-back': [8, 44], report: [4, 12] } as const

/** Where there is little room, the sentence gets most of it. */
const narrowWidths = { ...rowWidths, help: [6, 13], palette: [6, 16] } as const

/** The filter always has its place; rows say key, name and sentence. */
function rowsPane(scene: Scene, overlay: ListOverlay): Pane {
  const { state, w } = scene
  const [keysWidth, labelWidth] = scene.width < 60 ? narrowWidths[overlay.list] : rowWidths[overlay.list]
  const rows = overlayRows(state, overlay).map(
    (row): ListRow => ({
      id: row.id,
      line: () => [
        cell(scene, row.keys, keysWidth, row.isOn ? 'title' : 'dim'),
        cell(scene, row.label, Math.min(labelWidth, Math.max(8, scene.width - keysWidth)), row.isOn ? 'strong' : 'dim'),
        span(` ${row.text}`, row.tone),
      ],
    }),
  )
  const sign = overlay.list === 'palette' ? ': ' : '/ '
  return listPane({
    title: [span(titleOfList(scene, overlay), 'title')],
    note: rows.length === 0 ? '' : w.place(Math.min(overlay.cursor.index + 1, rows.length), rows.length),
    head: [[span(sign, 'title'), span(overlay.filter), span(' ', 'button'), span(`  ${w.lists[overlay.list].hint}`, 'dim')], []],
    rows,
    empty: prose(scene, emptyOfList(scene, overlay), { tone: 'dim' }),
  })
}

const titleOfList = ({ w }: Scene, { list, entry }: ListOverlay): string =>
  entry === null ? w.lists[list].title : w.giveBack.title(entry.roleName)

function emptyOfList({ state, w }: Scene, { entry, filter }: ListOverlay): string {
  const loaded = entry === null ? undefined : state.removed.get(entry.changeId)
  if (loaded?.status === 'loading') return w.loading
  return loaded?.status === 'failed' ? loaded.refusal.message : w.help.none(filter)
}

function inputPane(scene: Scene, { key, value, problem }: InputOverlay): Pane {
  const about = scene.state.preferences.find((row) => row.key === key)?.about ?? ''
  return textPane(
    [span(key, 'title')],
    [
      ...prose(scene, about),
      [],
      [span('> ', 'dim'), span(value), span(' ', 'button')],
      ...(problem === null ? [] : [[], ...prose(scene, problem, { tone: 'error' })]),
      [],
      ...prose(scene, scene.w.settings.keys, { tone: 'dim' }),
    ],
  )
}

function paneOf(scene: Scene, overlay: Overlay, tallest: number): Pane {
  switch (overlay.kind) {
    case 'confirm':
      return confirmPane(scene, overlay, tallest)
    case 'list':
      return rowsPane(scene, overlay)
    case 'input':
      return inputPane(scene, overlay)
    case 'refusal':
      return refusalPane(scene, overlay.refusal)
  }
}

/** Keeps the cursor's row in the window without a remembered scroll position: the list is short. */
function helpCursor(cursor: Cursor, room: number): Cursor {
  return { ...cursor, top: Math.max(0, cursor.index - room + 1) }
}

export function overlayView(state: State): OverlayView | null {
  const { overlay } = state
  if (overlay === null) return null
  const width = Math.min(state.size.columns - 2, widest[overlay.kind])
  const tallest = Math.max(3, state.size.rows - 2)
  const pane = paneOf(sceneOf(state, innerWidth({ width, height: 0 })), overlay, tallest - 2)
  const wanted = overlay.kind === 'list' ? tallest - 2 : pane.head.length + pane.count + 2
  const height = Math.max(3, Math.min(tallest, wanted))
  const cursor = overlay.kind === 'list' ? helpCursor(overlay.cursor, height - 2 - pane.head.length) : firstRow
  return { pane, cursor, area: { width, height } }
}
