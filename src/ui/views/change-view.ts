import type { OperationOutcome } from '../../change/change.ts'
import { durationOf } from '../../words/age.ts'
import type { ChangeRun } from '../change-run.ts'
import { gradeOf, gradeTone, meter } from '../draw/bars.ts'
import { type Line, line, type Span, span, type Tone } from '../draw/line.ts'
import { type ListRow, listPane, notePane, type Pane, textPane } from '../draw/pane.ts'
import { layoutOf } from '../layout.ts'
import type { ChangeScreen } from '../screen.ts'
import { shortCall } from '../short-call.ts'
import { changeTone } from './history-rows.ts'
import { heading, labelled, prose, shortHash } from './prose.ts'
import { cell, type Scene, type ScreenView } from './scene.ts'
import { stageTitle } from './stage-title.ts'
import { throttledSpans } from './throttled.ts'

const looks: Readonly<Record<OperationOutcome, { readonly glyph: 'pending' | 'started' | 'yes' | 'undone' | 'no'; readonly tone: Tone }>> =
  {
    pending: { glyph: 'pending', tone: 'dim' },
    started: { glyph: 'started', tone: 'accent' },
    done: { glyph: 'yes', tone: 'ok' },
    'already-done': { glyph: 'yes', tone: 'ok' },
    undone: { glyph: 'undone', tone: 'medium' },
    failed: { glyph: 'no', tone: 'error' },
  }

export const finishedSteps = (run: ChangeRun): number =>
  run.steps.filter(({ outcome }) => outcome !== 'pending' && outcome !== 'started').length

/** `Applying`, `Applied`, `Restored`, `Refused`: the word for where a run stands. */
export function runHeadline(scene: Scene, run: ChangeRun): { readonly text: string; readonly tone: Tone } {
  const { w } = scene
  if (run.result === null) return { text: w.run.doing[run.kind], tone: 'accent' }
  if (!run.result.ok) return { text: run.result.refusal.code === 4 ? w.run.refused : w.run.failed, tone: 'error' }
  const { outcome } = run.result.report
  if (outcome === 'failed') return { text: w.run.undone, tone: 'warn' }
  if (outcome === 'interrupted') return { text: w.run.interrupted, tone: 'error' }
  const isPutBack = outcome === 'rolled-back' && (run.kind === 'apply' || run.kind === 'resume')
  return { text: isPutBack ? w.run.restored : w.run.ended[run.kind], tone: 'ok' }
}

const elapsed = (scene: Scene, since: number): string => durationOf(scene.w, Math.floor((scene.state.now - since) / 1000) * 1000)

/** The settle time is the one wait that nothing else shows: it has a clock of its own. */
function phaseSpans(scene: Scene, run: ChangeRun): Line {
  const clock = run.phase === 'settle' ? [span(`  ${elapsed(scene, run.phaseSince)}`, 'accent')] : []
  return [...clock, span(run.phaseText === '' ? '' : `  ${run.phaseText}`, 'dim')]
}

function progressLines(scene: Scene, run: ChangeRun): readonly Line[] {
  const { w, g } = scene
  const total = run.steps.length
  const done = finishedSteps(run)
  const spinner = g.spinner[Math.floor(scene.state.now / 100) % g.spinner.length] ?? ''
  const share = total === 0 ? 0 : done / total
  return [
    [span(`${spinner} `, 'accent'), span(w.run.phases[run.phase]), ...phaseSpans(scene, run), ...throttledSpans(scene, run.throttledUntil)],
    [
      ...meter(share, Math.min(40, Math.max(8, scene.width - 24)), { glyphs: g, tone: 'accent' }),
      span(`  ${w.preview.of(String(done), String(total))}`),
      span(`  ${elapsed(scene, run.startedAt)}`, 'dim'),
    ],
    [],
  ]
}

function resultLines(scene: Scene, run: ChangeRun): readonly Line[] {
  const { w, g } = scene
  if (run.result === null) return []
  const headline = runHeadline(scene, run)
  const mark = span(`${run.result.ok && headline.tone === 'ok' ? g.yes : g.no} `, headline.tone)
  if (!run.result.ok) {
    const { message, hint } = run.result.refusal
    return [
      [mark, span(headline.text, headline.tone)],
      ...prose(scene, message),
      ...(hint === null ? [] : prose(scene, hint, { tone: 'dim' })),
      [],
    ]
  }
  const { report } = run.result
  const time = report.restoredMs ?? report.ms
  return [[mark, span(headline.text, headline.tone), span(`  ${w.run.inTime(durationOf(w, time))}`, 'dim')], []]
}

function stepRow(scene: Scene, step: ChangeRun['steps'][number]): ListRow {
  const look = looks[step.outcome]
  return {
    id: String(step.k),
    line: [
      span(`${scene.g[look.glyph]} `, look.tone),
      span(`${String(step.k).padStart(2)}  `, 'dim'),
      span(step.text, step.outcome === 'pending' ? 'dim' : 'plain'),
      span(
        step.outcome === 'undone' || step.outcome === 'already-done' || step.outcome === 'failed'
          ? `  ${scene.w.outcomes[step.outcome]}`
          : '',
        look.tone,
      ),
    ],
  }
}

function riskLine(scene: Scene, run: ChangeRun): readonly Line[] {
  if (run.riskBefore === null || run.riskAfter === null) return []
  const score = (value: number) => span(String(value), gradeTone(gradeOf(value)))
  return [labelled(scene, scene.w.preview.risk, [score(run.riskBefore), span(` ${scene.g.arrow} `, 'dim'), score(run.riskAfter)])]
}

function reportLines(scene: Scene, run: ChangeRun): readonly Line[] {
  const { w } = scene
  if (run.result === null) return prose(scene, w.run.safe, { tone: 'dim' })
  if (!run.result.ok) return prose(scene, run.result.refusal.code === 5 ? w.run.recoverHint : w.run.nothingChanged, { tone: 'dim' })
  const { report } = run.result
  const isApplied = headlineIsApplied(run)
  return [
    ...prose(scene, isApplied ? w.run.undoHint : w.run.restoredHint, { tone: 'accent' }),
    [],
    labelled(scene, w.history.state, [span(w.changeStates[report.outcome], changeTone(report.outcome))]),
    ...(isApplied ? riskLine(scene, run) : []),
    ...(isApplied && run.removes > 0 ? [labelled(scene, w.run.removed, line(w.run.actions(run.removes), 'removed'))] : []),
    ...(isApplied ? scriptLines(scene, report.restoreScript) : []),
    ...noteLines(scene, report.notes),
    [],
    labelled(scene, w.run.took, line(durationOf(w, report.ms))),
    labelled(scene, w.history.snapshot, line(shortHash(report.snapshot), 'dim')),
  ]
}

function scriptLines(scene: Scene, path: string | null): readonly Line[] {
  if (path === null) return []
  const lead = (text: string): readonly Span[] => [cell(scene, text, 12, 'dim')]
  return [
    ...prose(scene, path, { lead: lead(scene.w.run.script) }),
    ...prose(scene, scene.w.run.scriptWhy, { tone: 'dim', lead: lead('') }),
  ]
}

function noteLines(scene: Scene, notes: readonly string[]): readonly Line[] {
  if (notes.length === 0) return []
  return [...heading(scene.w.preview.notes), ...notes.flatMap((note) => prose(scene, note, { lead: [span(`${scene.g.bullet} `, 'warn')] }))]
}

const headlineIsApplied = (run: ChangeRun): boolean =>
  run.kind !== 'rollback' &&
  run.result?.ok === true &&
  run.result.report.outcome !== 'failed' &&
  run.result.report.outcome !== 'rolled-back'

function callLines(scene: Scene, cli: string | null): readonly Line[] {
  return cli === null
    ? []
    : [line(scene.w.run.call, 'title'), ...prose(scene, shortCall(cli, scene.g.ellipsis), { tone: 'accent', lead: [span('$ ', 'dim')] })]
}

/** Where only one pane is on the screen, it tells the outcome too: nobody should have to look for the way back. */
const isAlone = ({ state }: Scene): boolean => layoutOf(state.size, 0.5).detail === null

function main(scene: Scene, run: ChangeRun): Pane {
  const { w, g } = scene
  const stage = run.stage === null ? '' : ` ${g.bullet} ${w.stage(run.stage)}`
  return listPane({
    title: [span(run.roleName, 'title'), span(`${stage}${run.title === '' ? '' : ` ${g.bullet} ${stageTitle(w, run.title)}`}`, 'dim')],
    head: run.result === null ? progressLines(scene, run) : resultLines(scene, run),
    rows: run.steps.map((step) => stepRow(scene, step)),
    note: run.steps.length === 0 ? '' : w.run.operations(finishedSteps(run), run.steps.length),
    foot: isAlone(scene) ? [[], ...reportLines(scene, run)] : [],
    empty: run.result === null ? [line(w.run.phases[run.phase], 'dim')] : [],
  })
}

export const changeView: ScreenView<ChangeScreen> = {
  share: 0.55,
  main: (scene) => (scene.state.run === null ? notePane([], scene.w.run.none) : main(scene, scene.state.run)),
  detail: (scene, screen) => {
    const { run } = scene.state
    if (run === null) return notePane([], '')
    const headline = runHeadline(scene, run)
    const call = callLines(scene, run.steps[screen.main.index]?.cli ?? null)
    return textPane([span(headline.text, headline.tone)], [...reportLines(scene, run), ...(call.length === 0 ? [] : [[], ...call])])
  },
}
