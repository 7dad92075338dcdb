import type { Mode } from '../../app/use-cases.ts'
import type { RiskGrade } from '../../app/views.ts'
import { countOf } from '../../words/figures.ts'
import { joinLines, type Line, lineWidth, span, spread, type Tone } from '../draw/line.ts'
import type { Screen } from '../screen.ts'
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
  drift: 'tighten',
  ledger: 'govern',
  batch: 'tighten',
  inventory: 'audit',
  log: 'govern',
  settings: 'govern',
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

/** From everything to the mark alone: the first that fits is taken, so nothing is cut in the middle. */
export function titleLine(scene: Scene): Line {
  const { state, w, g, width } = scene
  const dot: Line = [span(` ${g.bullet} `, 'dim')]
  const start: Line = [span(' '), span('zt-tui', 'strong'), span('  '), ...markSpans(scene), span(' ')]
  const account: Line = [span(state.facts.accountLabel)]
  const window: Line = [span(w.title.window(state.facts.window), 'dim')]
  const age: Line = [span(scanAge(scene), 'dim')]
  const abouts = [[account, window, age], [account, age], [account], [age], []].map((parts) => joinLines(parts, dot))
  const [long, short] = [phaseTabs(scene, true), phaseTabs(scene, false)]
  const variants = [...abouts.slice(0, 2).map((about) => [about, long] as const), ...abouts.map((about) => [about, short] as const)]
  const fitting = variants.find(([about, tabs]) => lineWidth(start) + lineWidth(about) + 3 + lineWidth(tabs) <= width)
  if (fitting === undefined) return start
  return spread([...start, ...fitting[0]], fitting[1], { width, ellipsis: g.ellipsis })
}

const grades: readonly RiskGrade[] = ['critical', 'high', 'medium', 'low']

/** How the sources stand: by name, or as signs alone where there is no room. */
function sourceSpans({ state, w, g }: Scene, withNames: boolean): Line {
  return (state.scan.view?.sources ?? []).flatMap(({ id, status }): Line => {
    const isThere = status === 'connected'
    const mark = span(isThere ? g.yes : status === 'partial' ? g.started : g.no, isThere ? 'ok' : 'warn')
    return withNames ? [mark, span(` ${w.sources[id]}  `, 'dim')] : [mark]
  })
}

/** The account in one line: how many roles of each grade, how much of what is granted is never used, what the sources are. */
export function stripLine(scene: Scene): Line {
  const { state, w, g, width } = scene
  const { summary } = state.scan
  if (summary === null) return []
  const bar = span(`  ${g.separator}  `, 'dim')
  const roles: Line = [span(' '), span(w.strip.roles(summary.roles), 'dim'), span('   ')]
  const graded = joinLines(
    grades.map((grade) => [span(String(summary.grades[grade]), grade), span(` ${w.grades[grade]}`, 'dim')]),
    [span('  ')],
  )
  const share = span(w.percent(summary.granted === 0 ? 0 : Math.round((summary.unused / summary.granted) * 100)), 'strong')
  const long: Line = [bar, share, span(` ${w.strip.unusedOf(countOf(summary.granted))}`, 'dim')]
  const short: Line = [bar, share, span(` ${w.states.unused}`, 'dim')]
  const variants: readonly Line[] = [
    [...roles, ...graded, ...long, bar, ...sourceSpans(scene, true)],
    [...roles, ...graded, ...short, bar, ...sourceSpans(scene, true)],
    [...roles, ...graded, ...short, bar, span(`${w.strip.sources} `, 'dim'), ...sourceSpans(scene, false)],
    [...roles, ...graded, ...short],
    [span(' '), ...graded],
  ]
  return variants.find((variant) => lineWidth(variant) <= width) ?? [span(' '), ...graded]
}
