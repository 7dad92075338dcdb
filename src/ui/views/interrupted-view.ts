import type { Interrupted } from '../../app/use-cases.ts'
import { type Line, line, span } from '../draw/line.ts'
import { type ListRow, listPane, notePane, textPane } from '../draw/pane.ts'
import type { InterruptedScreen } from '../screen.ts'
import type { State } from '../state.ts'
import { heading, labelled, prose } from './prose.ts'
import { longAge, type Scene, type ScreenView } from './scene.ts'

export type WayOut = { readonly change: Interrupted; readonly way: 'resume' | 'rollback' }

/** Two ways out for every change that a dead process left open; the one that puts everything back comes first. */
export const waysOut = (state: State): readonly WayOut[] =>
  state.interrupted.flatMap((change): readonly WayOut[] => [
    { change, way: 'rollback' },
    { change, way: 'resume' },
  ])

function wayRow(scene: Scene, { change, way }: WayOut): ListRow {
  const { w, g } = scene
  const steps = way === 'resume' ? change.resume.length : change.rollback.length
  return {
    id: `${change.changeId} ${way}`,
    line: [
      span(`${way === 'resume' ? g.arrow : g.undone} `, way === 'resume' ? 'accent' : 'ok'),
      span(w.interrupted.ways[way], 'strong'),
      span(`  ${change.roleName}`),
      span(`  ${w.interrupted.steps(steps)}`, 'dim'),
    ],
  }
}

function detailLines(scene: Scene, { change, way }: WayOut): readonly Line[] {
  const { w, g } = scene
  const steps = way === 'resume' ? change.resume : change.rollback
  return [
    labelled(scene, w.history.role, line(change.roleName, 'strong')),
    ...(change.stage === null ? [] : [labelled(scene, w.history.what, line(w.stage(change.stage)))]),
    labelled(scene, w.history.when, line(longAge(scene, change.at))),
    labelled(scene, w.interrupted.stopped, line(w.interrupted.after(change.done, change.total))),
    ...heading(w.interrupted.willDo[way]),
    ...(steps.length === 0
      ? [line(w.interrupted.nothingLeft, 'dim')]
      : steps.flatMap((step) => prose(scene, step, { lead: [span(`${g.bullet} `, 'dim')] }))),
    [],
    ...prose(scene, w.interrupted.means[way], { tone: 'dim' }),
  ]
}

export const interruptedView: ScreenView<InterruptedScreen> = {
  share: 0.5,
  main: (scene) =>
    listPane({
      title: [span(scene.w.interrupted.title, 'warn')],
      head: [...prose(scene, scene.w.interrupted.intro), []],
      rows: waysOut(scene.state).map((way) => wayRow(scene, way)),
      empty: [line(scene.w.interrupted.none, 'dim')],
    }),
  detail: (scene, screen) => {
    const way = waysOut(scene.state)[screen.main.index]
    return way === undefined ? notePane([], '') : textPane([span(scene.w.interrupted.ways[way.way], 'title')], detailLines(scene, way))
  },
}
