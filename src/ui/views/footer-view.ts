import { footerCommands } from '../command-records.ts'
import type { CommandRecord } from '../commands/record.ts'
import { joinLines, type Line, lineWidth, span } from '../draw/line.ts'
import { keysOf } from '../key-bindings.ts'
import { keyName } from './key-name.ts'
import type { Scene } from './scene.ts'

/** Commands that stay when there is no room for all: how to learn the others, and how to get out. */
const kept: ReadonlySet<string> = new Set(['help', 'quit'])

function entry(scene: Scene, record: CommandRecord): Line {
  const isBlocked = record.blocked(scene.state) !== null
  const key = keyName(keysOf(record, scene.state.facts.keys)[0] ?? '', scene.state.facts.ascii)
  return [span(key, isBlocked ? 'dim' : 'title'), span(` ${scene.w.commands[record.id].label}`, 'dim')]
}

/** As many as fit, in their order; the last ones that leave are the least needed. */
export function footerLine(scene: Scene): Line {
  const records = footerCommands(scene.state)
  const widthFor = (list: readonly CommandRecord[]): number => list.reduce((sum, record) => sum + lineWidth(entry(scene, record)) + 2, -1)
  const shown = [...records]
  while (widthFor(shown) > scene.width && shown.some(({ id }) => !kept.has(id))) {
    shown.splice(
      shown.findLastIndex(({ id }) => !kept.has(id)),
      1,
    )
  }
  return [
    span(' '),
    ...joinLines(
      shown.map((record) => entry(scene, record)),
      [span('  ')],
    ),
  ]
}
