import type { Mode } from '../../app/use-cases.ts'
import type { RiskGrade } from '../../app/views.ts'
import { countOf } from '../../words/age.ts'
import { type Line, lineWidth, span, spread, type Tone } from '../draw/line.ts'
import type { Screen } from '../state.ts'
import { longAge, type Scene } from './scene.ts'

const modeTones: Readonly<Record<Mode, Tone>> = { demo: 'demo', live: 'live', offline: 'offline' }

const phases = ['audit', 'design', 'tighten', 'govern'] as const

const phaseOf: Readonly<Record<Screen['kind'], (typeof phases)[number]>> = {
  roles: 'audit',
  role: 'audit',
  preview: 'design',
  board: 'tighten',
  change: 'tighten',
  interrupted: 'tighten',
  ledger: 'govern',
}

/** Where one is and whether anything can change here. Never left off, at any width. */
export function markSpans({ state, w }: Scene): Line {
  const { mode, readOnly } = state.facts
  return [
    span(` ${w.marks[mode]} `, modeTones[mode]),
    ...(readOnly && mode !== 'offline' ? [span(' '), span(` ${w.marks.readOnly} `, 'readOnly')] : []),
    ...(state.screen.kind === 'preview' ? [span(' '), span(` ${w.marks.plan} `, 'plan')] : []),
  ]
}

function scanAge(scene: Scene): string {
  const { view } = scene.state.scan
  return view === null ? scene.w.title.notScanned : scene.w.title.scanned(longAge(scene, view.at))
}

function phaseTabs({ state, w }: Scene, withNames: boolean): Line {
  const current = phaseOf[state.screen.kind]
  return phases.flatMap((phase, index): Line => {
    const isHere = phase === current
    const name = withNames || isHere ? ` ${w.phases[phase]}` : ''
    return [span(`${index + 1}${name}`, isHere ? 'title' : 'dim'), span(index === phases.length - 1 ? ' ' : '  ')]
  })
}

export function titleLine(scene: Scene): Line {
  const { state, w, g, width } = scene
  const dot = span(` ${g.bullet} `, 'dim')
  const start: Line = [span(' '), span('zt-tui', 'strong'), span('  '), ...markSpans(scene)]
  const about: Line = [
    span(` ${state.facts.accountLabel}`),
    dot,
    span(w.title.window(state.facts.window), 'dim'),
    dot,
    span(scanAge(scene), 'dim'),
    span(' '),
  ]
  const long = phaseTabs(scene, true)
  const tabs = lineWidth(start) + lineWidth(about) + lineWidth(long) <= width ? long : phaseTabs(scene, false)
  if (lineWidth(start) + lineWidth(tabs) > width) return start
  return spread([...start, ...about], tabs, { width, ellipsis: g.ellipsis })
}

const grades: readonly RiskGrade[] = ['critical', 'high', 'medium', 'low']

/** The account in one line: how many roles of each grade, how much of what is granted is never used, what the sources are. */
export function stripLine(scene: Scene): Line {
  const { state, w, g } = scene
  const { view } = state.scan
  if (view === null) return []
  const counts = grades.map((grade) => [grade, view.roles.filter(({ riskGrade }) => riskGrade === grade).length] as const)
  const granted = view.roles.reduce((sum, { grantedActions }) => sum + grantedActions, 0)
  const unused = view.roles.reduce((sum, { unusedActions }) => sum + unusedActions, 0)
  const bar = span(`  ${g.separator}  `, 'dim')
  return [
    span(' '),
    span(w.strip.roles(view.roles.length), 'dim'),
    span('  '),
    ...counts.flatMap(([grade, count]) => [span(String(count), grade), span(` ${w.grades[grade]}  `, 'dim')]),
    span(g.separator, 'dim'),
    span('  '),
    span(w.percent(granted === 0 ? 0 : Math.round((unused / granted) * 100)), 'strong'),
    span(` ${w.strip.unusedOf(countOf(granted))}`, 'dim'),
    bar,
    ...view.sources.flatMap(({ id, status }): Line => {
      const isThere = status === 'connected'
      return [
        span(`${isThere ? g.yes : status === 'partial' ? g.started : g.no} `, isThere ? 'ok' : 'warn'),
        span(`${w.sources[id]}  `, 'dim'),
      ]
    }),
  ]
}
