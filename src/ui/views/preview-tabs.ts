import { cliLine } from '../../change/cli-line.ts'
import { operationTarget } from '../../plan/operation.ts'
import { countOf } from '../../words/figures.ts'
import { choiceOf } from '../choices.ts'
import { type Line, line, span } from '../draw/line.ts'
import { type LazyLine, type ListRow, listPane, type Pane, textPane } from '../draw/pane.ts'
import type { KnownPlan, KnownStage, RemovedLevel, RemovedService } from '../known-plan.ts'
import type { PreviewScreen, PreviewTab } from '../screen.ts'
import { diffLine } from './diff-line.ts'
import { prose } from './prose.ts'
import { cell, type Scene } from './scene.ts'

const nameWidth = 24

const levelName = ({ w }: Scene, { level }: RemovedLevel): string => (level === null ? w.levelUnknown : w.levels[level])

function levelLine(scene: Scene, removed: RemovedLevel): Line {
  const { level, count } = removed
  return [
    cell(scene, levelName(scene, removed), nameWidth, 'strong'),
    span(`${scene.g.minus}${countOf(count)}`.padStart(8), 'removed'),
    span(`  ${level === null ? '' : scene.w.levelCould[level]}`, 'dim'),
  ]
}

/** A few names say what a folded service is about. */
const namesShown = 4

function serviceLine(scene: Scene, { service, actions }: RemovedService, isOpen: boolean): Line {
  const { g } = scene
  const names = actions.slice(0, namesShown).map((action) => action.slice(action.indexOf(':') + 1))
  return [
    span(` ${isOpen ? g.open : g.closed} `, 'dim'),
    cell(scene, service, nameWidth - 3),
    span(`${g.minus}${countOf(actions.length)}`.padStart(8), 'removed'),
    span(isOpen ? '' : `  ${names.join(', ')}`, 'dim'),
  ]
}

/** What the stage removes by access level, folded by service: the most dangerous first. */
function removedRows(scene: Scene, known: KnownStage, open: readonly string[]): readonly ListRow[] {
  return known.removed.flatMap((removed) => {
    const name = levelName(scene, removed)
    const folded = removed.services.flatMap((service): readonly ListRow[] => {
      const id = `service|${name}|${service.service}`
      const isOpen = open.includes(id)
      const own: ListRow = { id, line: () => serviceLine(scene, service, isOpen) }
      const single = service.actions.map(
        (action): ListRow => ({ id: `action|${name}|${action}`, line: () => [span(`     ${scene.g.minus} `, 'removed'), span(action)] }),
      )
      return isOpen ? [own, ...single] : [own]
    })
    return [{ id: `level|${name}`, line: () => levelLine(scene, removed) }, ...folded]
  })
}

/** What the user decided against the proposal stands first, so that it can be taken back. */
function chosenRows(scene: Scene, roleName: string): readonly ListRow[] {
  const { keep, remove } = choiceOf(scene.state, roleName)
  const row = (kind: 'kept' | 'taken', pattern: string): ListRow => ({
    id: `${kind}|${pattern}`,
    line: () => [
      span(` ${kind === 'kept' ? scene.g.plus : scene.g.minus} `, 'accent'),
      span(pattern, 'strong'),
      span(`  ${scene.w.choice[kind === 'kept' ? 'keep' : 'remove']}`, 'accent'),
    ],
  })
  return [...keep.map((pattern) => row('kept', pattern)), ...remove.map((pattern) => row('taken', pattern))]
}

function documentLines(scene: Scene, plan: KnownPlan, known: KnownStage): readonly LazyLine[] {
  const diffs = plan.diffs.get(known.stage.n)
  if (diffs === undefined) return [line(scene.w.loading, 'dim')]
  return diffs.flatMap((diff, index): readonly LazyLine[] => [
    ...(index === 0 ? [] : [[]]),
    [
      ...(diff.oldName === null ? [] : [span(diff.oldName, 'strong'), span(` ${scene.g.arrow} `, 'dim')]),
      span(diff.name, 'strong'),
      span(`  ${scene.w.policyKinds[diff.kind]}  `, 'dim'),
      span(scene.w.fates[diff.fate], diff.fate === 'same' ? 'dim' : 'accent'),
    ],
    ...diff.lines.map((one) => () => diffLine(scene, one)),
  ])
}

const operationLines = (scene: Scene, known: KnownStage, roleName: string): readonly Line[] =>
  known.stage.operations.flatMap((operation, index): readonly Line[] => [
    [span(`${String(index + 1).padStart(2)}  `, 'dim'), cell(scene, operation.kind, 26, 'strong'), span(operationTarget(operation))],
    ...prose(
      scene,
      cliLine(roleName, operation, () => `'{${scene.g.ellipsis}}'`),
      { tone: 'dim', lead: [span('    $ ', 'dim')] },
    ),
  ])

function keptLines(scene: Scene, { plan }: KnownPlan): readonly LazyLine[] {
  const { w, g } = scene
  const sections = [
    { title: w.preview.keptUnknown(plan.keptUnknown.length), why: w.preview.keptUnknownWhy, items: plan.keptUnknown, glyph: g.unknown },
    { title: w.preview.required(plan.required.length), why: w.preview.requiredWhy, items: plan.required, glyph: g.required },
    { title: w.preview.dropsFuture(plan.dropsFuture.length), why: w.preview.dropsFutureWhy, items: plan.dropsFuture, glyph: g.bullet },
  ]
  const lines = sections
    .filter(({ items }) => items.length > 0)
    .flatMap(({ title, why, items, glyph }): readonly LazyLine[] => [
      line(title, 'title'),
      ...prose(scene, why, { tone: 'dim' }),
      ...items.map((item) => () => [span(`  ${glyph} `, 'dim'), span(item)]),
      [],
    ])
  const notes = [...(plan.undated.length === 0 ? [] : [w.preview.undated(plan.undated.join(', '))]), ...plan.notes]
  const all = [...lines, ...notes.flatMap((note) => prose(scene, note, { lead: [span(`${g.bullet} `, 'dim')] }))]
  return all.length === 0 ? [line(w.preview.keptNothing, 'dim')] : all
}

type TabView = (
  scene: Scene,
  shown: { readonly plan: KnownPlan; readonly known: KnownStage; readonly screen: PreviewScreen },
) => Omit<Pane, 'title'>

/** What stands beside the stages, about the one under the cursor. */
export const previewTabViews: Readonly<Record<PreviewTab, TabView>> = {
  removes: (scene, { known, screen }) =>
    listPane({
      title: [],
      rows: [...chosenRows(scene, screen.roleName), ...removedRows(scene, known, screen.open)],
      empty: [line(scene.w.preview.removesNothing, 'dim')],
    }),
  policies: (scene, { plan, known }) => textPane([], documentLines(scene, plan, known)),
  operations: (scene, { plan, known }) => textPane([], operationLines(scene, known, plan.plan.roleName)),
  kept: (scene, { plan }) => textPane([], keptLines(scene, plan)),
}
