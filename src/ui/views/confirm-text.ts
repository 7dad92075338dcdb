import { countOf } from '../../words/figures.ts'
import type { Intent } from '../change-run.ts'
import { gradeOf, gradeTone } from '../draw/bars.ts'
import { type Line, line, span } from '../draw/line.ts'
import { dangerOf, levelsByDanger } from '../known-role.ts'
import { rowOf } from '../subject.ts'
import { choiceLines } from './drift-view.ts'
import { labelled, prose, shortHash } from './prose.ts'
import { longAge, type Scene } from './scene.ts'

export type ConfirmText = { readonly title: string; readonly body: readonly Line[]; readonly button: string }

type IntentOf<K extends Intent['kind']> = Intent extends infer I
  ? I extends { readonly kind: infer P }
    ? K extends P
      ? I
      : never
    : never
  : never

/** `212 permissions management, 940 write`: what goes, the most dangerous first. */
function removedByLevel(scene: Scene, roleName: string, stage: number): string {
  const loaded = scene.state.plans.get(roleName)
  const known = loaded?.status === 'ready' ? loaded.value.stages.find((one) => one.stage.n === stage) : undefined
  return (known?.removed ?? [])
    .toSorted((a, b) => dangerOf(a.level) - dangerOf(b.level))
    .slice(0, levelsByDanger.length)
    .map(({ level, count }) => `${countOf(count)} ${(level === null ? scene.w.levelUnknown : scene.w.levels[level]).toLowerCase()}`)
    .join(', ')
}

function applyText(scene: Scene, { plan, stage: n, guards, patch }: IntentOf<'apply'>): ConfirmText {
  const { w, state, g } = scene
  const stage = plan.stages.find((one) => one.n === n)
  const before = rowOf(state, plan.roleName)?.riskScore ?? null
  const score = (value: number) => span(String(value), gradeTone(gradeOf(value)))
  return {
    title: w.confirm.applyTitle(n, plan.roleName),
    button: w.confirm.applyButton(n),
    body: [
      ...prose(scene, w.confirm.removes(stage?.removes.length ?? 0, plan.roleName), { tone: 'strong' }),
      ...prose(scene, removedByLevel(scene, plan.roleName, n), { tone: 'dim' }),
      [],
      ...prose(scene, w.confirm.keepsUsed(state.facts.window)),
      ...(stage === undefined || before === null
        ? []
        : [labelled(scene, w.preview.risk, [score(before), span(` ${g.arrow} `, 'dim'), score(stage.riskAfter)])]),
      labelled(scene, w.confirm.calls, line(w.confirm.operations(stage?.operations.length ?? 0))),
      labelled(scene, w.confirm.undo, line(w.confirm.undoHow)),
      ...(guards.length === 0
        ? []
        : [
            [],
            line(w.confirm.overrides, 'warn'),
            ...guards.flatMap(({ reason }) => prose(scene, reason, { lead: [span(`${g.guard} `, 'warn')] })),
            ...(patch === null ? [] : prose(scene, w.confirm.patch(patch), { tone: 'accent', lead: [span('  ')] })),
          ]),
    ],
  }
}

function rollbackText(scene: Scene, { entry }: IntentOf<'rollback'>): ConfirmText {
  const { w } = scene
  const what = entry.stage === null ? w.changeKinds[entry.kind] : `${w.changeKinds[entry.kind]} ${w.stage(entry.stage)}`
  return {
    title: w.confirm.rollbackTitle(entry.roleName),
    button: w.confirm.rollbackButton,
    body: [
      ...prose(scene, w.confirm.rollbackWhat(what, longAge(scene, entry.at)), { tone: 'strong' }),
      ...prose(scene, w.confirm.rollbackMeans),
      [],
      labelled(scene, w.history.state, line(w.changeStates[entry.outcome])),
      labelled(scene, w.history.by, line(entry.by)),
      labelled(scene, w.history.snapshot, line(shortHash(entry.snapshot), 'dim')),
    ],
  }
}

function recoverText(scene: Scene, { change, way }: IntentOf<'recover'>): ConfirmText {
  const { w, g } = scene
  const steps = way === 'resume' ? change.resume : change.rollback
  return {
    title: w.confirm.recoverTitle[way](change.roleName),
    button: w.interrupted.ways[way],
    body: [
      ...prose(scene, w.interrupted.means[way], { tone: 'strong' }),
      [],
      ...steps.flatMap((step) => prose(scene, step, { lead: [span(`${g.bullet} `, 'dim')] })),
    ],
  }
}

function settleText(scene: Scene, { conflict, choice }: IntentOf<'settle'>): ConfirmText {
  const { w } = scene
  return {
    title: w.drift.ask[choice](conflict.roleName),
    button: w.drift.choices[choice],
    body: choiceLines(scene, conflict, choice),
  }
}

function giveBackText(scene: Scene, { entry, action }: IntentOf<'give-back'>): ConfirmText {
  const { w } = scene
  return {
    title: w.giveBack.ask(action),
    button: w.giveBack.button,
    body: [
      ...prose(scene, w.giveBack.effect(action, entry.roleName), { tone: 'strong' }),
      ...prose(scene, w.giveBack.means),
      [],
      labelled(scene, w.history.undoes, line(entry.changeId, 'dim')),
      labelled(scene, w.confirm.undo, line(w.confirm.undoHow)),
    ],
  }
}

function switchText(scene: Scene, { kind, roleName }: IntentOf<'quarantine' | 'release'>): ConfirmText {
  const { w } = scene
  const { title, button, effect, means } = w.confirm[kind]
  return { title: title(roleName), button, body: [...prose(scene, effect(roleName), { tone: 'strong' }), ...prose(scene, means)] }
}

/** Names that a dialog of a batch lists; the rest is counted. */
const namesListed = 8

function batchText(scene: Scene, { way, roleNames }: IntentOf<'batch'>): ConfirmText {
  const { w, g } = scene
  const { ask, button, effect, leftOut } = w.batch.ways[way]
  const listed = roleNames.slice(0, namesListed)
  return {
    title: ask(roleNames.length),
    button: button(roleNames.length),
    body: [
      ...prose(scene, effect, { tone: 'strong' }),
      [],
      ...listed.map((name) => [span(`${g.bullet} `, 'dim'), span(name)]),
      ...(roleNames.length > listed.length ? [line(w.batch.more(roleNames.length - listed.length), 'dim')] : []),
      [],
      ...prose(scene, leftOut, { tone: 'dim' }),
    ],
  }
}

function quitText(scene: Scene): ConfirmText {
  const { w, state } = scene
  return {
    title: w.confirm.quitTitle,
    button: w.confirm.quitButton,
    body: [...prose(scene, w.confirm.quitWhat(state.run?.roleName ?? ''), { tone: 'strong' }), ...prose(scene, w.confirm.quitMeans)],
  }
}

/** The concrete effect of a confirmation, in the words of what will happen. */
export function confirmText(scene: Scene, intent: Intent): ConfirmText {
  switch (intent.kind) {
    case 'apply':
      return applyText(scene, intent)
    case 'rollback':
      return rollbackText(scene, intent)
    case 'recover':
      return recoverText(scene, intent)
    case 'settle':
      return settleText(scene, intent)
    case 'give-back':
      return giveBackText(scene, intent)
    case 'quarantine':
    case 'release':
      return switchText(scene, intent)
    case 'batch':
      return batchText(scene, intent)
    case 'quit':
      return quitText(scene)
  }
}
