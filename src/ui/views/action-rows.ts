import type { ActionState, JudgedAction } from '../../evidence/action-state.ts'
import { countOf } from '../../words/figures.ts'
import { choiceOf, saidOf } from '../choices.ts'
import { type Line, line, span, type Tone } from '../draw/line.ts'
import { type ListRow, type Pane, textPane } from '../draw/pane.ts'
import { type Column, measureColumns, tableHead, tableRow } from '../draw/table.ts'
import type { KnownRole, ServiceGroup } from '../known-role.ts'
import { type Choice, noChoice } from '../state.ts'
import { levelNames } from './peek-view.ts'
import { heading, labelled, prose } from './prose.ts'
import { cell, longAge, type Scene, shortAge } from './scene.ts'

const stateLooks: Readonly<Record<ActionState, { readonly glyph: 'minus' | 'unknown' | 'required' | 'yes'; readonly tone: Tone }>> = {
  unused: { glyph: 'minus', tone: 'high' },
  unknown: { glyph: 'unknown', tone: 'medium' },
  required: { glyph: 'required', tone: 'accent' },
  used: { glyph: 'yes', tone: 'low' },
}

/** A folded service, or one of its actions when it is unfolded. */
export type ActionItem =
  | { readonly kind: 'service'; readonly group: ServiceGroup; readonly isOpen: boolean }
  | { readonly kind: 'action'; readonly action: JudgedAction }

export const actionItems = (known: KnownRole, open: readonly string[]): readonly ActionItem[] =>
  known.services.flatMap((group): readonly ActionItem[] => {
    const isOpen = open.includes(group.service)
    const own: ActionItem = { kind: 'service', group, isOpen }
    return isOpen ? [own, ...group.actions.map((action): ActionItem => ({ kind: 'action', action }))] : [own]
  })

const lastOf = (item: ActionItem): string | null => (item.kind === 'service' ? item.group.lastAccessed : item.action.lastAccessed)

const choiceHere = ({ state }: Scene): Choice => (state.screen.kind === 'role' ? choiceOf(state, state.screen.roleName) : noChoice)

const saidHere = (scene: Scene, action: string): 'keep' | 'remove' | null => saidOf(choiceHere(scene), action)

function nameOf(scene: Scene, item: ActionItem): Line {
  const { g } = scene
  if (item.kind === 'service') {
    const isKept = choiceHere(scene).keep.includes(`${item.group.service}:*`)
    return [
      span(`${item.isOpen ? g.open : g.closed} `, 'dim'),
      span(item.group.service, 'strong'),
      ...(isKept ? [span(`  ${scene.w.choice.keep}`, 'accent')] : []),
    ]
  }
  const look = stateLooks[item.action.state]
  const said = saidHere(scene, item.action.action)
  const sign = said === null ? span(`   ${g[look.glyph]} `, look.tone) : span(`   ${said === 'keep' ? g.plus : g.minus} `, 'accent')
  const what = said === null ? [] : [span(`  ${scene.w.choice[said]}`, 'accent')]
  return [sign, span(item.action.action, item.action.state === 'used' ? 'dim' : 'plain'), ...what]
}

/** Zeros are left out: what stands there is what there is to decide. */
const count = (item: ActionItem, state: ActionState): Line => {
  const value = item.kind === 'service' ? item.group.counts[state] : 0
  return value === 0 ? [] : line(countOf(value), stateLooks[state].tone)
}

function levelOf(scene: Scene, item: ActionItem): Line {
  if (item.kind === 'service') return line(levelNames(scene, item.group.levels), 'dim')
  const { accessLevel, source } = item.action
  const level = accessLevel === null ? scene.w.levelUnknown.toLowerCase() : levelNames(scene, [accessLevel])
  return line(source === null ? level : `${level}, ${scene.w.sources[source]}`, 'dim')
}

function columnsOf(scene: Scene): readonly Column<ActionItem>[] {
  const { w } = scene
  const states: readonly (readonly [ActionState, number])[] = [
    ['unused', 0],
    ['unknown', 64],
    ['required', 100],
    ['used', 64],
  ]
  return [
    {
      id: 'name',
      title: w.columns.service,
      width: scene.width < 60 ? 'rest' : Math.min(46, Math.floor(scene.width * 0.36)),
      align: 'left',
      from: 0,
      cell: (item) => nameOf(scene, item),
    },
    {
      id: 'last',
      title: w.columns.last,
      width: 6,
      align: 'right',
      from: 40,
      cell: (item) => line(shortAge(scene, lastOf(item)), 'dim'),
    },
    ...states.map(
      ([state, from]): Column<ActionItem> => ({
        id: state,
        title: w.states[state].toUpperCase(),
        width: state === 'used' ? 6 : 8,
        align: 'right',
        from,
        cell: (item) => count(item, state),
      }),
    ),
    { id: 'levels', title: w.columns.levels, width: 'rest', align: 'left', from: 60, cell: (item) => levelOf(scene, item) },
  ]
}

export function actionTable(scene: Scene, items: readonly ActionItem[]): { readonly head: Line; readonly rows: readonly ListRow[] } {
  const measured = measureColumns(columnsOf(scene), scene.width)
  return {
    head: tableHead(measured, scene.g),
    rows: items.map((item) => ({
      id: item.kind === 'service' ? item.group.service : item.action.action,
      line: () => tableRow(measured, item, scene.g),
    })),
  }
}

function actionDetail(scene: Scene, action: JudgedAction): Pane {
  const { w } = scene
  const level = action.accessLevel === null ? w.levelUnknown : w.levels[action.accessLevel]
  return textPane(
    [span(action.action, 'title')],
    [
      labelled(scene, w.because.state, [span(w.states[action.state], stateLooks[action.state].tone)]),
      ...prose(scene, w.stateMeans[action.state], { tone: 'dim', lead: [cell(scene, '', 12)] }),
      labelled(scene, w.because.lastUse, line(longAge(scene, action.lastAccessed))),
      labelled(scene, w.because.source, line(action.source === null ? w.because.noSource : w.sources[action.source])),
      ...(action.evidenceAge === null ? [] : [labelled(scene, w.because.age, line(w.because.ageDays(action.evidenceAge)))]),
      labelled(scene, w.because.level, line(level)),
      ...heading(w.because.title),
      ...prose(scene, action.reason),
      ...heading(w.because.could),
      ...prose(scene, action.accessLevel === null ? w.levelUnknown : w.levelCould[action.accessLevel]),
    ],
  )
}

/** The different reasons of a service's actions that are worth a line. */
const reasonsShown = 6

function serviceDetail(scene: Scene, group: ServiceGroup): Pane {
  const { w } = scene
  const counted = (['unused', 'unknown', 'required', 'used'] as const)
    .filter((state) => group.counts[state] > 0)
    .flatMap((state) =>
      prose(scene, w.stateMeans[state], {
        tone: 'dim',
        lead: [cell(scene, w.states[state], 12, 'dim'), span(countOf(group.counts[state]).padStart(6), stateLooks[state].tone), span('  ')],
      }),
    )
  const reasons = [
    ...new Set(group.actions.map(({ source, reason }) => (source === null ? reason : `${w.sources[source]}: ${reason}`))),
  ].slice(0, reasonsShown)
  return textPane(
    [span(group.service, 'title')],
    [
      ...counted,
      [],
      labelled(scene, w.because.lastUse, line(longAge(scene, group.lastAccessed))),
      labelled(scene, w.because.level, line(group.levels.length === 0 ? w.none : levelNames(scene, group.levels))),
      ...heading(w.because.title),
      ...reasons.flatMap((reason) => prose(scene, reason, { lead: [span(`${scene.g.bullet} `, 'dim')] })),
    ],
  )
}

/** The "because" of the row under the cursor. */
export const itemDetail = (scene: Scene, item: ActionItem): Pane =>
  item.kind === 'service' ? serviceDetail(scene, item.group) : actionDetail(scene, item.action)
