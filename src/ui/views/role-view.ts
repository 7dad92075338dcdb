import type { PolicyView, RoleRow } from '../../app/views.ts'
import type { JudgedAction } from '../../evidence/action-state.ts'
import { countOf } from '../../words/age.ts'
import { gradeTone, riskSpans } from '../draw/bars.ts'
import { type Line, line, span, type Tone } from '../draw/line.ts'
import { type ListRow, listPane, notePane, type Pane, textPane } from '../draw/pane.ts'
import type { KnownRole, ServiceGroup } from '../known-role.ts'
import { type RoleScreen, type RoleTab, roleTabs } from '../state.ts'
import { historyDetail, historyRows } from './history-rows.ts'
import { jsonLines } from './json-lines.ts'
import { actionFigures, factorLines, guardLines, levelNames } from './peek-view.ts'
import { heading, labelled, prose } from './prose.ts'
import { cell, longAge, type Scene, type ScreenView, shortAge } from './scene.ts'

export function findRow(scene: Scene, roleName: string): RoleRow | null {
  return scene.state.scan.view?.roles.find((row) => row.roleName === roleName) ?? null
}

export function tabTitle<T extends string>(
  tabs: readonly T[],
  current: T,
  options: { readonly name: (tab: T) => string; readonly scene: Scene },
): Line {
  const bar = ` ${options.scene.g.separator} `
  return tabs.flatMap((tab, index): Line => {
    const label = span(options.name(tab), tab === current ? 'title' : 'dim')
    return index === 0 ? [label] : [span(bar, 'dim'), label]
  })
}

const stateLooks: Readonly<
  Record<JudgedAction['state'], { readonly glyph: 'minus' | 'unknown' | 'required' | 'yes'; readonly tone: Tone }>
> = {
  unused: { glyph: 'minus', tone: 'high' },
  unknown: { glyph: 'unknown', tone: 'medium' },
  required: { glyph: 'required', tone: 'accent' },
  used: { glyph: 'yes', tone: 'low' },
}

function serviceRow(scene: Scene, group: ServiceGroup, isOpen: boolean): ListRow {
  const { w, g, width } = scene
  const { unused, used, unknown, required } = group.counts
  const count = (value: number, text: string, tone: Tone): Line =>
    value === 0 ? [] : [span(`${countOf(value)} ${text}`, tone), span('  ')]
  const name = Math.min(22, Math.max(12, Math.floor(width / 4)))
  return {
    id: group.service,
    line: [
      span(`${isOpen ? g.open : g.closed} `, 'dim'),
      cell(scene, group.service, name, 'strong'),
      span(shortAge(scene, group.lastAccessed).padStart(7), 'dim'),
      span('  '),
      ...count(unused, w.states.unused, 'high'),
      ...count(unknown, w.states.unknown, 'medium'),
      ...count(required, w.states.required, 'accent'),
      ...count(used, w.states.used, 'low'),
      span(levelNames(scene, group.levels), 'dim'),
    ],
  }
}

function actionRow(scene: Scene, action: JudgedAction): ListRow {
  const { w, g, width } = scene
  const look = stateLooks[action.state]
  const name = Math.min(44, Math.max(20, width - 36))
  const level = action.accessLevel === null ? w.levelUnknown : w.levels[action.accessLevel]
  return {
    id: action.action,
    line: [
      span(`   ${g[look.glyph]} `, look.tone),
      cell(scene, action.action, name, action.state === 'used' ? 'dim' : 'plain'),
      span(shortAge(scene, action.lastAccessed).padStart(7), 'dim'),
      span(`  ${level.toLowerCase()}`, 'dim'),
      span(action.source === null ? '' : `  ${w.sources[action.source]}`, 'dim'),
    ],
  }
}

function actionRows(scene: Scene, known: KnownRole, open: readonly string[]): readonly ListRow[] {
  return known.services.flatMap((group) => {
    const isOpen = open.includes(group.service)
    const own = serviceRow(scene, group, isOpen)
    return isOpen ? [own, ...group.actions.map((action) => actionRow(scene, action))] : [own]
  })
}

function policyRow(scene: Scene, policy: PolicyView): ListRow {
  const shared = policy.attachedTo === undefined || policy.attachedTo < 2 ? '' : `  ${scene.w.role.attachedTo(policy.attachedTo)}`
  return {
    id: `${policy.kind} ${policy.arn ?? policy.name}`,
    line: [
      cell(scene, scene.w.policyKinds[policy.kind], 18, 'dim'),
      span(policy.name, 'strong'),
      span(shared, policy.kind === 'managed' ? 'warn' : 'dim'),
    ],
  }
}

function evidenceLines(scene: Scene, known: KnownRole): readonly Line[] {
  const { w } = scene
  const { view } = known
  return [
    [...riskSpans(view.riskScore, 16, scene.g), span(`  ${w.grades[view.riskGrade]}`, gradeTone(view.riskGrade))],
    ...heading(w.peek.why),
    ...factorLines(scene, known),
    ...(view.guards.length === 0 ? [] : [...heading(w.peek.protected), ...guardLines(scene, known)]),
    ...heading(w.role.sources),
    ...sourceLines(scene),
  ]
}

export function sourceLines(scene: Scene): readonly Line[] {
  const { w, g } = scene
  return (scene.state.scan.view?.sources ?? []).flatMap((source) => {
    const isThere = source.status === 'connected'
    const mark = span(`${isThere ? g.yes : source.status === 'partial' ? g.started : g.no} `, isThere ? 'ok' : 'warn')
    return [
      [mark, cell(scene, w.sources[source.id], 18, 'strong'), span(`${w.sourceStates[source.status]}  `, 'dim')],
      ...prose(scene, source.why, { tone: 'dim', lead: [span('  ')] }),
    ]
  })
}

type TabView = {
  readonly main: (scene: Scene, known: KnownRole, screen: RoleScreen) => Omit<Pane, 'title'>
  readonly detail: (scene: Scene, known: KnownRole, screen: RoleScreen) => Pane
}

const placeNote = (scene: Scene, screen: RoleScreen, count: number): string =>
  count === 0 ? '' : scene.w.place(Math.min(screen.main.index + 1, count), count)

function actionDetail(scene: Scene, action: JudgedAction): Pane {
  const { w } = scene
  const level = action.accessLevel === null ? w.levelUnknown : w.levels[action.accessLevel]
  return textPane(
    [span(action.action, 'title')],
    [
      labelled(scene, w.because.state, [
        span(w.states[action.state], stateLooks[action.state].tone),
        span(`  ${w.stateMeans[action.state]}`, 'dim'),
      ]),
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

function serviceDetail(scene: Scene, group: ServiceGroup): Pane {
  const { w } = scene
  const counted = (['unused', 'unknown', 'required', 'used'] as const).map((state) =>
    labelled(scene, w.states[state], [
      span(countOf(group.counts[state]).padStart(7), stateLooks[state].tone),
      span(`  ${w.stateMeans[state]}`, 'dim'),
    ]),
  )
  const reasons = [...new Set(group.actions.map(({ reason }) => reason))].slice(0, 6)
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

const tabViews: Readonly<Record<RoleTab, TabView>> = {
  unused: {
    main: (scene, known, screen) => {
      const rows = actionRows(scene, known, screen.open)
      return listPane({
        title: [],
        rows,
        note: placeNote(scene, screen, rows.length),
        head: [...actionFigures(scene, known.view), []],
        empty: [line(scene.w.role.noActions, 'dim')],
      })
    },
    detail: (scene, known, screen) => {
      const { id } = screen.main
      const group = known.services.find(({ service }) => service === id)
      if (group !== undefined) return serviceDetail(scene, group)
      const action = known.services
        .flatMap(({ service, actions }) => (screen.open.includes(service) ? actions : []))
        .find((one) => one.action === id)
      return action === undefined ? notePane([], '') : actionDetail(scene, action)
    },
  },
  policies: {
    main: (scene, known, screen) =>
      listPane({
        title: [],
        rows: known.view.policies.map((policy) => policyRow(scene, policy)),
        note: placeNote(scene, screen, known.view.policies.length),
        empty: [line(scene.w.role.noPolicies, 'dim')],
      }),
    detail: (_scene, known, screen) => {
      const policy = known.view.policies[screen.main.index]
      return policy === undefined ? notePane([], '') : textPane([span(policy.name, 'title')], jsonLines(policy.document))
    },
  },
  trust: {
    main: (_scene, known) => textPane([], jsonLines(known.view.trustPolicy)),
    detail: (scene) => textPane([span(scene.w.role.trust, 'title')], prose(scene, scene.w.role.trustMeans)),
  },
  evidence: {
    main: (scene, known) => textPane([], evidenceLines(scene, known)),
    detail: (scene) => textPane([span(scene.w.role.evidence, 'title')], prose(scene, scene.w.role.evidenceMeans)),
  },
  history: {
    main: (scene, known, screen) =>
      listPane({
        title: [],
        rows: historyRows(scene, known.view.history),
        note: placeNote(scene, screen, known.view.history.length),
        empty: [line(scene.w.history.noneOfRole, 'dim')],
      }),
    detail: (scene, known, screen) => historyDetail(scene, known.view.history[screen.main.index] ?? null),
  },
}

function titleOf(scene: Scene, screen: RoleScreen): Line {
  const tabs = tabTitle(roleTabs, screen.tab, { name: (tab) => scene.w.roleTabs[tab], scene })
  return scene.width < 70 ? tabs : [span(screen.roleName, 'title'), span('  '), ...tabs]
}

export const roleView: ScreenView<RoleScreen> = {
  share: 0.6,
  main: (scene, screen) => {
    const title = titleOf(scene, screen)
    const loaded = scene.state.known.get(screen.roleName)
    if (loaded?.status === 'ready') return { ...tabViews[screen.tab].main(scene, loaded.value, screen), title }
    if (loaded?.status === 'failed') return textPane(title, prose(scene, loaded.refusal.message, { tone: 'error' }))
    return notePane(title, scene.w.loading)
  },
  detail: (scene, screen) => {
    const loaded = scene.state.known.get(screen.roleName)
    return loaded?.status === 'ready' ? tabViews[screen.tab].detail(scene, loaded.value, screen) : notePane([], '')
  },
}
