import { openStage } from '../../app/open-stage.ts'
import type { PlanStage } from '../../plan/plan.ts'
import { countOf } from '../../words/figures.ts'
import { gradeOf, gradeTone, meter } from '../draw/bars.ts'
import { type Line, line, lineWidth, span, spread } from '../draw/line.ts'
import { type ListRow, listPane, notePane, type Pane, textPane } from '../draw/pane.ts'
import type { KnownPlan, KnownStage } from '../known-plan.ts'
import { type PreviewScreen, previewTabs } from '../screen.ts'
import { previewTabViews } from './preview-tabs.ts'
import { heading, prose } from './prose.ts'
import { cell, type Scene, type ScreenView } from './scene.ts'
import { stageTitle } from './stage-title.ts'
import { tabTitle } from './tab-title.ts'

const nameWidth = 24

/** Risk before, and after each stage: what the whole proposal is worth. */
function riskPath(scene: Scene, plan: KnownPlan, riskBefore: number | null): readonly Line[] {
  const scores = [...(riskBefore === null ? [] : [riskBefore]), ...plan.stages.map(({ stage }) => stage.riskAfter)]
  const steps = scores.flatMap((score, index): Line => {
    const shown = span(String(score), gradeTone(gradeOf(score)))
    return index === 0 ? [shown] : [span(` ${scene.g.arrow} `, 'dim'), shown]
  })
  const last = scores.at(-1)
  return [
    [span(`${scene.w.preview.risk}  `, 'dim'), ...steps, span(last === undefined ? '' : `  ${scene.w.grades[gradeOf(last)]}`, 'dim')],
    [],
  ]
}

function stageRow(scene: Scene, stage: PlanStage, standing: { readonly applied: number; readonly next: number | null }): ListRow {
  const { g, w } = scene
  const isApplied = stage.n <= standing.applied
  const mark = isApplied ? span(`${g.stageOn} `, 'ok') : span(`${g.stageOff} `, stage.n === standing.next ? 'accent' : 'dim')
  const removes = `${g.minus}${countOf(stage.removes.length)}`
  const left: Line = [mark, span(`${w.stage(stage.n)}  `, 'strong'), span(stageTitle(w, stage.title))]
  const right: Line = [
    span(removes.padStart(9), 'removed'),
    span(`  ${g.arrow} `, 'dim'),
    span(String(stage.riskAfter).padStart(3), gradeTone(gradeOf(stage.riskAfter))),
  ]
  return { id: String(stage.n), line: spread(left, right, { width: scene.width, ellipsis: g.ellipsis }) }
}

function proofLines(scene: Scene, stage: PlanStage): readonly Line[] {
  const { w, g } = scene
  const tick = (holds: boolean, text: string): Line => [span(`${holds ? g.yes : g.no} `, holds ? 'ok' : 'error'), span(`${text}   `)]
  const { noNewAccess, usedKept, prefixes, counterexample } = stage.proof
  const ticks = [tick(noNewAccess, w.preview.noNewAccess), tick(usedKept, w.preview.usedKept), tick(prefixes, w.preview.everyStep)]
  return [ticks.flat(), ...(counterexample === null ? [] : prose(scene, counterexample, { tone: 'error', lead: [span('  ')] }))]
}

function sizeLine(scene: Scene, name: string, size: { readonly used: number; readonly limit: number }): Line {
  const share = size.limit === 0 ? 0 : size.used / size.limit
  const tone = share > 1 ? 'error' : share > 0.9 ? 'warn' : 'low'
  const figures = span(`  ${scene.w.preview.of(countOf(size.used), countOf(size.limit))}`, share > 0.9 ? tone : 'dim')
  // The figures are what counts: where it is narrow, the bar gives way.
  const bar = Math.max(4, Math.min(16, scene.width - nameWidth - lineWidth([figures])))
  return [cell(scene, name, nameWidth, 'dim'), ...meter(share, bar, { glyphs: scene.g, tone }), figures]
}

function sizeLines(scene: Scene, { sizes }: PlanStage): readonly Line[] {
  const managed = sizes.managed.map(({ name, size, limit }) => sizeLine(scene, name, { used: size, limit }))
  const inline = sizes.inline === 0 ? [] : [sizeLine(scene, scene.w.preview.inline, { used: sizes.inline, limit: sizes.inlineLimit })]
  return inline.length + managed.length === 0 ? [] : [...heading(scene.w.preview.sizes), ...inline, ...managed]
}

function noteLines(scene: Scene, { plan }: KnownPlan): readonly Line[] {
  const { w, g } = scene
  const notes = [
    ...(plan.keptUnknown.length === 0 ? [] : [w.preview.keptUnknown(plan.keptUnknown.length)]),
    ...(plan.required.length === 0 ? [] : [w.preview.required(plan.required.length)]),
    ...(plan.dropsFuture.length === 0 ? [] : [w.preview.dropsFuture(plan.dropsFuture.length)]),
    ...(plan.undated.length === 0 ? [] : [w.preview.undated(plan.undated.join(', '))]),
    ...(plan.lostSiblings ?? [])
      .slice(0, 1)
      .map(({ keeps, drops }) => w.preview.lostSiblings(keeps, drops.join(', '), (plan.lostSiblings ?? []).length)),
    ...(plan.shared ?? []).map(({ policyName, roles }) => w.preview.shared(policyName, roles)),
    ...plan.notes,
  ]
  const lines = notes.flatMap((note) => prose(scene, note, { lead: [span(`${g.bullet} `, 'dim')] }))
  return lines.length === 0 ? [] : [...heading(w.preview.notes), ...lines]
}

function stageDetail(scene: Scene, plan: KnownPlan, known: KnownStage): readonly Line[] {
  const { stage } = known
  const { w } = scene
  return [
    ...heading(w.preview.proof),
    ...proofLines(scene, stage),
    ...sizeLines(scene, stage),
    ...noteLines(scene, plan),
    [],
    ...prose(scene, w.preview.nothingYet, { tone: 'dim' }),
  ]
}

export function selectedStage(plan: KnownPlan, screen: PreviewScreen): KnownStage | null {
  return plan.stages[screen.main.index] ?? null
}

function main(scene: Scene, screen: PreviewScreen, plan: KnownPlan): Pane {
  const row = scene.state.scan.view?.roles.find(({ roleName }) => roleName === screen.roleName) ?? null
  const applied = row?.stage.applied ?? 0
  const standing = { applied, next: openStage(plan.plan, applied)?.n ?? null }
  const selected = selectedStage(plan, screen)
  return listPane({
    title: titleOf(scene, screen),
    head: riskPath(scene, plan, row?.riskScore ?? null),
    rows: plan.stages.map(({ stage }) => stageRow(scene, stage, standing)),
    foot: selected === null ? [] : stageDetail(scene, plan, selected),
    empty: [line(scene.w.preview.nothing), [], ...noteLines(scene, plan)],
  })
}

const titleOf = (scene: Scene, screen: PreviewScreen): Line => [
  span(screen.roleName, 'title'),
  span(` ${scene.g.bullet} ${scene.w.preview.title}`, 'dim'),
  span(scene.state.replanning === null ? '' : `  ${scene.w.preview.remaking}`, 'accent'),
]

export const previewView: ScreenView<PreviewScreen> = {
  share: 0.48,
  main: (scene, screen) => {
    const loaded = scene.state.plans.get(screen.roleName)
    if (loaded?.status === 'ready') return main(scene, screen, loaded.value)
    if (loaded?.status !== 'failed') return notePane(titleOf(scene, screen), scene.w.preview.making)
    return textPane(titleOf(scene, screen), [
      ...prose(scene, loaded.refusal.message, { tone: 'error' }),
      ...prose(scene, loaded.refusal.hint ?? ''),
    ])
  },
  detail: (scene, screen) => {
    const loaded = scene.state.plans.get(screen.roleName)
    const title = tabTitle(scene, previewTabs, { current: screen.tab, name: (tab) => scene.w.previewTabs[tab] })
    const known = loaded?.status === 'ready' ? selectedStage(loaded.value, screen) : null
    if (loaded?.status !== 'ready' || known === null) return notePane(title, '')
    return { ...previewTabViews[screen.tab](scene, { plan: loaded.value, known, screen }), title }
  },
}
