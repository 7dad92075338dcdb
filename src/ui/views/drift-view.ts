import type { DriftChoice } from '../../change/conflicts.ts'
import type { PolicyDrift } from '../../change/three-way.ts'
import type { Undo } from '../change-run.ts'
import { type Conflict, type ConflictPolicy, fateOf } from '../conflict.ts'
import type { DiffLine } from '../document-diff.ts'
import { type Line, line, span, type Tone } from '../draw/line.ts'
import { type LazyLine, type ListRow, listPane, notePane, textPane } from '../draw/pane.ts'
import type { DriftScreen } from '../screen.ts'
import type { State } from '../state.ts'
import { diffLine } from './diff-line.ts'
import { heading, prose } from './prose.ts'
import type { Scene, ScreenView } from './scene.ts'

/** An answer to the conflict, or one of the policies that it is about. */
export type DriftRow =
  | { readonly kind: 'choice'; readonly conflict: Conflict; readonly undo: Undo; readonly choice: DriftChoice }
  | { readonly kind: 'policy'; readonly policy: ConflictPolicy }

const choices: readonly DriftChoice[] = ['theirs', 'snapshot']

/** The answer that overwrites nothing comes first. */
export function driftRows({ conflict, run }: State): readonly DriftRow[] {
  if (conflict === null) return []
  const undo = run?.undo ?? null
  return [
    ...(undo === null ? [] : choices.map((choice) => ({ kind: 'choice', conflict, undo, choice }) as const)),
    ...conflict.policies.map((policy) => ({ kind: 'policy', policy }) as const),
  ]
}

const verdictTones: Readonly<Record<PolicyDrift['verdict'], Tone>> = { theirs: 'dim', restored: 'ok', conflict: 'warn' }

/** The part of an ARN that tells policies apart. */
const nameOf = ({ kind, name }: PolicyDrift): string => (kind === 'attached' ? (name.split('/').at(-1) ?? name) : name)

function listRow({ w, g }: Scene, row: DriftRow): ListRow {
  if (row.kind === 'choice') {
    return {
      id: row.choice,
      line: [span(`${row.choice === 'theirs' ? g.arrow : g.undone} `, 'accent'), span(w.drift.choices[row.choice], 'strong')],
    }
  }
  const { drift } = row.policy
  return {
    id: `${drift.kind} ${drift.name}`,
    line: [
      span(`${drift.verdict === 'conflict' ? g.no : g.bullet} `, verdictTones[drift.verdict]),
      span(nameOf(drift)),
      span(`  ${w.drift.signs[drift.verdict]}`, verdictTones[drift.verdict]),
    ],
  }
}

/** What an answer makes of each policy, in the words of what will be there afterwards. */
export const choiceLines = (scene: Scene, { policies }: Conflict, choice: DriftChoice): readonly Line[] => [
  ...prose(scene, scene.w.drift.effects[choice], { tone: 'strong' }),
  [],
  ...policies.flatMap(({ drift }): readonly Line[] => {
    const fate = fateOf(drift, choice)
    const isOver = fate === 'overwritten'
    const lead = [span(`${isOver ? scene.g.undone : scene.g.yes} `, isOver ? 'warn' : 'ok'), span(`${nameOf(drift)}  `, 'strong')]
    return prose(scene, scene.w.drift.fates[fate], { lead })
  }),
  [],
  ...prose(scene, scene.w.drift.rest, { tone: 'dim' }),
]

function sideLines(scene: Scene, title: string, diff: readonly DiffLine[]): readonly LazyLine[] {
  const same = line(scene.w.drift.nothing, 'dim')
  return [...heading(title), ...(diff.length === 0 ? [same] : diff.map((one) => () => diffLine(scene, one)))]
}

/** Theirs first: it is what the choice is about, and ours may be long. */
const policyLines = (scene: Scene, { drift, ours, theirs }: ConflictPolicy): readonly LazyLine[] => [
  ...prose(scene, scene.w.drift.verdicts[drift.verdict], { tone: verdictTones[drift.verdict] }),
  line(scene.w.drift.kinds[drift.kind], 'dim'),
  line(threeLooks(scene, drift), 'dim'),
  ...sideLines(scene, scene.w.drift.theirs, theirs),
  ...sideLines(scene, scene.w.drift.ours, ours),
]

/** Whether each of the three has the policy at all. */
function threeLooks({ w }: Scene, { snapshot, ours, live }: PolicyDrift): string {
  const there = (text: string | null): string => (text === null ? w.drift.absent : w.drift.present)
  return `${w.drift.looks.snapshot}: ${there(snapshot)}   ${w.drift.looks.ours}: ${there(ours)}   ${w.drift.looks.live}: ${there(live)}`
}

export const driftView: ScreenView<DriftScreen> = {
  share: 0.5,
  main: (scene) => {
    const { w, state } = scene
    const { conflict } = state
    if (conflict === null) return notePane([], w.drift.none)
    return listPane({
      title: [span(w.drift.title, 'warn'), span(` ${scene.g.bullet} ${conflict.roleName}`, 'dim')],
      head: [...prose(scene, w.drift.intro(conflict.roleName)), []],
      rows: driftRows(state).map((row) => listRow(scene, row)),
      foot: [[], ...prose(scene, w.drift.enter, { tone: 'dim' })],
    })
  },
  detail: (scene, screen) => {
    const row = driftRows(scene.state)[screen.main.index]
    if (row === undefined) return notePane([], '')
    if (row.kind === 'choice')
      return textPane([span(scene.w.drift.choices[row.choice], 'title')], choiceLines(scene, row.conflict, row.choice))
    return textPane([span(nameOf(row.policy.drift), 'title')], policyLines(scene, row.policy))
  },
}
