import type { Refusal } from '../../app/use-cases.ts'
import { joinLines, type Line, line, lineWidth, span } from '../draw/line.ts'
import { type ListRow, listPane, type Pane, textPane } from '../draw/pane.ts'
import { helpRows } from '../help-rows.ts'
import { type Area, innerWidth } from '../layout.ts'
import { type ConfirmOverlay, type Cursor, firstRow, type Overlay, type State } from '../state.ts'
import { isEnabled } from '../step/overlay-keys.ts'
import { confirmText } from './confirm-text.ts'
import { keyName } from './footer-view.ts'
import { prose } from './prose.ts'
import { cell, type Scene, sceneOf } from './scene.ts'

/** A box over the screen. */
export type OverlayView = { readonly pane: Pane; readonly cursor: Cursor; readonly area: Area }

const widest = { confirm: 74, help: 96, refusal: 74 }

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
  ]
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

function helpPane(scene: Scene, filter: string): Pane {
  const { state, w } = scene
  const rows = helpRows(state, filter).map((record): ListRow => {
    const keys = record.keys.map((key) => keyName(key, state.facts.ascii)).join(' ')
    const reason = record.blocked(state)
    const { label, help } = w.commands[record.id]
    return {
      id: record.id,
      line: [
        cell(scene, keys, 15, reason === null ? 'title' : 'dim'),
        cell(scene, label, 16, reason === null ? 'strong' : 'dim'),
        span(reason ?? help, reason === null ? 'plain' : 'warn'),
      ],
    }
  })
  return listPane({
    title: [span(w.help.title, 'title')],
    head: [[span('/ ', 'title'), span(filter), span(' ', 'button'), span(`  ${w.help.hint}`, 'dim')], []],
    rows,
    empty: [line(w.help.none(filter), 'dim')],
  })
}

function paneOf(scene: Scene, overlay: Overlay, tallest: number): Pane {
  switch (overlay.kind) {
    case 'confirm':
      return confirmPane(scene, overlay, tallest)
    case 'help':
      return helpPane(scene, overlay.filter)
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
  const wanted = overlay.kind === 'help' ? tallest - 2 : pane.head.length + pane.count + 2
  const height = Math.max(3, Math.min(tallest, wanted))
  const cursor = overlay.kind === 'help' ? helpCursor(overlay.cursor, height - 2 - pane.head.length) : firstRow
  return { pane, cursor, area: { width, height } }
}
