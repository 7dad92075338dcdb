import type { DiffLine } from '../document-diff.ts'
import { type Line, line, span } from '../draw/line.ts'
import type { Scene } from './scene.ts'

const diffLooks = { same: ['  ', 'plain'], added: ['+ ', 'added'], removed: ['- ', 'removed'] } as const

export function diffLine(scene: Scene, { kind, text }: DiffLine): Line {
  if (kind === 'gap') return line(`  ${scene.w.preview.unchanged(Number(text))}`, 'dim')
  const [sign, tone] = diffLooks[kind]
  return [span(`${sign}${text}`, tone)]
}
