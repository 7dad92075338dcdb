import type { PolicyView } from '../../app/views.ts'
import { gradeTone, riskSpans } from '../draw/bars.ts'
import { type Line, line, span } from '../draw/line.ts'
import { type ListRow, listPane, notePane, type Pane, textPane } from '../draw/pane.ts'
import type { KnownRole } from '../known-role.ts'
import { type RoleScreen, type RoleTab, roleTabs } from '../screen.ts'
import { actionItems, actionTable, itemDetail } from './action-rows.ts'
import { historyDetail, historyRows } from './history-rows.ts'
import { jsonLines } from './json-lines.ts'
import { actionFigures, factorLines, guardLines } from './peek-view.ts'
import { heading, prose } from './prose.ts'
import { cell, type Scene, type ScreenView } from './scene.ts'
import { tabTitle } from './tab-title.ts'

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

function sourceLines(scene: Scene): readonly Line[] {
  const { w, g } = scene
  return (scene.state.scan.view?.sources ?? []).flatMap((source) => {
    const isThere = source.status === 'connected'
    const mark = span(`${isThere ? g.yes : source.status === 'partial' ? g.started : g.no} `, isThere ? 'ok' : 'warn')
    return [
      [mark, cell(scene, w.sources[source.id], 18, 'strong'), span(w.sourceStates[source.status], 'dim')],
      ...prose(scene, source.why, { tone: 'dim', lead: [span('  ')] }),
    ]
  })
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

type TabView = {
  readonly main: (scene: Scene, known: KnownRole, screen: RoleScreen) => Omit<Pane, 'title'>
  readonly detail: (scene: Scene, known: KnownRole, screen: RoleScreen) => Pane
}

const placeNote = (scene: Scene, screen: RoleScreen, count: number): string =>
  count === 0 ? '' : scene.w.place(Math.min(screen.main.index + 1, count), count)

const tabViews: Readonly<Record<RoleTab, TabView>> = {
  unused: {
    main: (scene, known, screen) => {
      const { head, rows } = actionTable(scene, actionItems(known, screen.open))
      return listPane({
        title: [],
        rows,
        note: placeNote(scene, screen, rows.length),
        head: [...actionFigures(scene, known.view), [], head],
        empty: [line(scene.w.role.noActions, 'dim')],
      })
    },
    detail: (scene, known, screen) => {
      const item = actionItems(known, screen.open)[screen.main.index]
      return item === undefined ? notePane([], '') : itemDetail(scene, item)
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
  const tabs = tabTitle(scene, roleTabs, { current: screen.tab, name: (tab) => scene.w.roleTabs[tab] })
  return scene.width < 76 ? tabs : [span(screen.roleName, 'title'), span('   '), ...tabs]
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
