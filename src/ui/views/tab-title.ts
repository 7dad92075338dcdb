import { joinLines, type Line, span } from '../draw/line.ts'
import type { Scene } from './scene.ts'

/** The tabs of a pane in its title, the open one underlined as well as coloured. */
export function tabTitle<T extends string>(
  scene: Scene,
  tabs: readonly T[],
  options: { readonly current: T; readonly name: (tab: T) => string },
): Line {
  const named = tabs.map((tab): Line => (tab === options.current ? [span(options.name(tab), 'tab')] : [span(options.name(tab), 'dim')]))
  return joinLines(named, [span(` ${scene.g.separator} `, 'dim')])
}
