import { countOf } from '../../words/figures.ts'
import { meter } from '../draw/bars.ts'
import { type Line, type Span, span, type Tone } from '../draw/line.ts'
import type { Screen } from '../screen.ts'
import { isRunning, type Toast } from '../state.ts'
import { finishedSteps } from './change-view.ts'
import type { Scene } from './scene.ts'
import { throttledSpans } from './throttled.ts'

const toastLooks: Readonly<Record<Toast['tone'], { readonly glyph: 'yes' | 'no' | 'bullet' | 'guard'; readonly tone: Tone }>> = {
  ok: { glyph: 'yes', tone: 'ok' },
  info: { glyph: 'bullet', tone: 'accent' },
  warn: { glyph: 'guard', tone: 'warn' },
  error: { glyph: 'no', tone: 'error' },
}

const spinner = ({ state, g }: Scene): string => g.spinner[Math.floor(state.now / 100) % g.spinner.length] ?? ''

function fieldLine(scene: Scene): Line | null {
  const { state } = scene
  if (state.field === null) return null
  return [span(' /', 'title'), span(state.roles.filter), span(' ', 'button'), filterHint(scene)]
}

/** A field that is not understood yet is named; else what can be asked. */
function filterHint({ state, w }: Scene): Span {
  const problem = state.roles.sifted?.filter.problem ?? null
  return problem === null ? span(`  ${w.status.fieldHint}`, 'dim') : span(`  ${w.status.notUnderstood(problem)}`, 'warn')
}

function toastLine({ state, g }: Scene): Line | null {
  if (state.toast === null) return null
  const { glyph, tone } = toastLooks[state.toast.tone]
  return [span(` ${g[glyph]} `, tone), span(state.toast.text, tone === 'ok' || tone === 'error' ? tone : 'plain')]
}

function runLine(scene: Scene): Line | null {
  const { run } = scene.state
  if (run === null || !isRunning(scene.state) || scene.state.screen.kind === 'change') return null
  return [
    span(` ${spinner(scene)} `, 'accent'),
    span(`${scene.w.run.doing[run.kind]} ${run.roleName}  `),
    span(scene.w.preview.of(String(finishedSteps(run)), String(run.steps.length)), 'dim'),
    ...throttledSpans(scene, run.throttledUntil),
  ]
}

function waitingLine(scene: Scene): Line | null {
  const { waiting } = scene.state
  return waiting === null ? null : [span(` ${spinner(scene)} `, 'accent'), span(scene.w.status.waiting[waiting.command](waiting.roleName))]
}

function scanLine(scene: Scene): Line | null {
  const { running } = scene.state.scan
  if (running === null) return null
  const { what, done, total, since, throttledUntil } = running
  const seconds = (scene.state.now - since) / 1000
  const rate = done > 0 && seconds >= 1 ? `  ${scene.w.status.rate(countOf(Math.round(done / seconds)))}` : ''
  const counts = total === null ? countOf(done) : scene.w.preview.of(countOf(done), countOf(total))
  return [
    span(` ${spinner(scene)} `, 'accent'),
    span(scene.w.status.scanning, 'dim'),
    span(what === '' ? '' : `  ${what}`),
    ...(done === 0 && total === null ? [] : [span(`  ${counts}${rate}  `, 'dim')]),
    ...(total === null || total === 0 ? [] : meter(done / total, 12, { glyphs: scene.g, tone: 'accent' })),
    ...throttledSpans(scene, throttledUntil),
    span(`  ${scene.state.below.length === 0 ? scene.w.status.escCancels : ''}`, 'dim'),
  ]
}

function refusalLine({ state, w, g }: Scene): Line | null {
  const { refusal, view } = state.scan
  if (refusal === null || view === null) return null
  return [span(` ${g.no} `, 'error'), span(w.status.scanFailed(refusal.message), 'error'), span(`  ${w.status.retry}`, 'dim')]
}

function interruptedLine({ state, w, g }: Scene): Line | null {
  if (state.interrupted.length === 0 || state.screen.kind === 'interrupted') return null
  return [span(` ${g.guard} `, 'warn'), span(w.status.interrupted(state.interrupted.length), 'warn')]
}

function crumbOf(scene: Scene, screen: Screen): string {
  const { w } = scene
  switch (screen.kind) {
    case 'roles':
      return w.roles.title
    case 'role':
      return screen.roleName
    case 'preview':
      return scene.state.below.some((one) => one.kind === 'role' && one.roleName === screen.roleName)
        ? w.preview.title
        : `${screen.roleName} ${w.preview.title}`
    case 'board':
      return w.board.title
    case 'change':
      return scene.state.run === null ? w.history.change : scene.state.run.roleName
    case 'ledger':
      return screen.roleName === null ? w.history.title : `${w.history.title} ${screen.roleName}`
    case 'interrupted':
      return w.interrupted.title
    case 'drift':
      return w.drift.title
    case 'batch':
      return w.batch.title
    case 'log':
      return w.log.title
    case 'inventory':
      return w.inventory.tabs[screen.tab]
    case 'settings':
      return w.settings.title
  }
}

function crumbs(scene: Scene): Line {
  const { state, g } = scene
  const path = [...state.below, state.screen]
  return [
    span(' '),
    ...path.flatMap((screen, index): Line => {
      const name = span(crumbOf(scene, screen), index === path.length - 1 ? 'plain' : 'dim')
      return index === 0 ? [name] : [span(` ${g.crumb} `, 'dim'), name]
    }),
  ]
}

/** One line for what needs a word now, the most pressing first; else where one is. */
export function statusLine(scene: Scene): Line {
  const pressing = fieldLine(scene) ?? toastLine(scene) ?? runLine(scene) ?? waitingLine(scene)
  if (pressing !== null) return pressing
  const behind = scanLine(scene) ?? refusalLine(scene) ?? interruptedLine(scene)
  return behind ?? crumbs(scene)
}
