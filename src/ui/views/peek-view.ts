import type { RiskFactor, RoleRow } from '../../app/views.ts'
import type { AccessLevel } from '../../policy/access-level.ts'
import { countOf } from '../../words/figures.ts'
import { gradeTone, riskSpans, stageSpans } from '../draw/bars.ts'
import { type Line, line, span, type Tone } from '../draw/line.ts'
import { notePane, type Pane, textPane } from '../draw/pane.ts'
import type { KnownRole } from '../known-role.ts'
import type { Loaded } from '../state.ts'
import { heading, labelled, prose } from './prose.ts'
import { cell, longAge, type Scene } from './scene.ts'

const servicesShown = 8

/** Cells for each part of a bar: what is there at all shows, and the longest part makes room for it. */
export function partLengths(counts: readonly number[], width: number): readonly number[] {
  const sum = counts.reduce((total, count) => total + count, 0)
  if (sum === 0) return counts.map(() => 0)
  const lengths = counts.map((count) => (count === 0 ? 0 : Math.max(1, Math.floor((count / sum) * width))))
  const rest = width - lengths.reduce((total, length) => total + length, 0)
  const longest = counts.indexOf(Math.max(...counts))
  return lengths.map((length, part) => (part === longest ? Math.max(1, length + rest) : length))
}

/** Granted actions as one bar of four parts, with the words that say which is which. */
export function actionFigures(scene: Scene, row: RoleRow): readonly Line[] {
  const { w } = scene
  const parts = [
    { count: row.unusedActions, text: w.states.unused, tone: 'high' },
    { count: row.unknownActions, text: w.states.unknown, tone: 'medium' },
    { count: row.requiredActions, text: w.states.required, tone: 'accent' },
    { count: row.usedActions, text: w.states.used, tone: 'low' },
  ] as const
  const width = Math.min(scene.width, 60)
  const fill = scene.g.eighths[8] ?? '#'
  const lengths = partLengths(
    parts.map(({ count }) => count),
    width,
  )
  const cells = parts.map(({ tone }, part) => span(fill.repeat(lengths[part] ?? 0), tone))
  const words = parts.flatMap(({ count, text, tone }) => [span(countOf(count), tone), span(` ${text}   `, 'dim')])
  return [cells, words]
}

export const levelNames = (scene: Scene, levels: readonly AccessLevel[]): string =>
  levels.map((level) => scene.w.shortLevels[level]).join(', ')

function figures(scene: Scene, row: RoleRow): readonly Line[] {
  const { w, g } = scene
  const total = Math.min(12, Math.max(row.stage.total ?? 0, row.stage.applied))
  const state = row.stage.state === 'open' ? '' : `  ${w.changeStates[row.stage.state]}`
  const stages: Line = [...stageSpans(row.stage, total, g), span(state, 'dim')]
  return [
    [...riskSpans(row.riskScore, 16, g), span(`  ${w.grades[row.riskGrade]}`, gradeTone(row.riskGrade))],
    [],
    ...actionFigures(scene, row),
    [],
    labelled(scene, w.peek.granted, [span(w.peek.actions(countOf(row.grantedActions)))]),
    labelled(scene, w.peek.lastUsed, [span(longAge(scene, row.lastUsed), row.lastUsed === null ? 'warn' : 'plain')]),
    labelled(scene, w.peek.stages, row.stage.total === null && row.stage.applied === 0 ? [span(w.peek.noProposal, 'dim')] : stages),
    labelled(scene, w.peek.arn, [span(row.arn, 'dim')]),
    ...(row.flags.length === 0 ? [] : prose(scene, row.flags.join(', '), { lead: [cell(scene, w.peek.flags, 12, 'dim')] })),
  ]
}

/** Dangers by their share of the score; what exposes or guards the role by what it adds or takes. */
const weightOf = ({ kind, share, points }: RiskFactor): number => (kind === 'danger' ? share : kind === 'guard' ? -points : points)

function factorTone(weight: number): Tone {
  if (weight === 0) return 'dim'
  if (weight < 0) return 'low'
  return weight >= 20 ? 'high' : 'medium'
}

export function factorLines(scene: Scene, known: KnownRole): readonly Line[] {
  return known.view.riskFactors
    .toSorted((a, b) => weightOf(b) - weightOf(a))
    .flatMap((factor) => {
      const weight = weightOf(factor)
      const sign = weight < 0 ? scene.g.minus : scene.g.plus
      return prose(scene, factor.reason, { lead: [span(`${sign}${Math.abs(weight)}`.padStart(4), factorTone(weight)), span('  ')] })
    })
}

export const guardLines = (scene: Scene, known: KnownRole): readonly Line[] =>
  known.view.guards.flatMap((guard) => prose(scene, guard.reason, { lead: [span(`${scene.g.guard} `, 'warn')] }))

function serviceLines(scene: Scene, known: KnownRole): readonly Line[] {
  const unused = known.services.filter(({ counts }) => counts.unused > 0)
  const rows = unused
    .slice(0, servicesShown)
    .map(
      ({ service, counts, levels }): Line => [
        cell(scene, service, 20),
        span(countOf(counts.unused).padStart(7), 'high'),
        span(`  ${levelNames(scene, levels)}`, 'dim'),
      ],
    )
  return unused.length <= servicesShown ? rows : [...rows, line(scene.w.peek.moreServices(unused.length - servicesShown), 'dim')]
}

function knownLines(scene: Scene, loaded: Loaded<KnownRole> | undefined): readonly Line[] {
  const { w } = scene
  if (loaded === undefined || loaded.status === 'loading') return [[], line(w.loading, 'dim')]
  if (loaded.status === 'failed') return [[], ...prose(scene, loaded.refusal.message, { tone: 'error' })]
  const known = loaded.value
  const section = (title: string, lines: readonly Line[]): readonly Line[] => (lines.length === 0 ? [] : [...heading(title), ...lines])
  return [
    ...section(w.peek.protected, guardLines(scene, known)),
    ...section(w.peek.why, factorLines(scene, known)),
    ...section(w.peek.unused, serviceLines(scene, known)),
    ...section(
      w.peek.policies,
      known.view.policies.map((policy) => [span(policy.name), span(`  ${w.policyKinds[policy.kind]}`, 'dim')]),
    ),
  ]
}

/** What is known about the role under the cursor: figures at once from the list, the reasons when they arrive. */
export function peekPane(scene: Scene, row: RoleRow | null): Pane {
  if (row === null) return notePane([], '')
  return textPane([span(row.roleName, 'title')], [...figures(scene, row), ...knownLines(scene, scene.state.known.get(row.roleName))])
}
