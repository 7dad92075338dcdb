import type { AwsAdvice } from '../app/aws-advice.ts'
import type { HistoryEntry, PolicyView, RiskFactor, RoleView, ScanView } from '../app/views.ts'
import type { JudgedAction } from '../evidence/action-state.ts'
import { serviceOf } from '../policy/names.ts'
import { clean } from '../words/clean.ts'
import { adviceLines } from './advice-text.ts'
import { defineCommand } from './command.ts'
import { historyTable } from './history-table.ts'
import { accountOptions, outputOptions } from './option-table.ts'
import { countText, instantText } from './plain-text.ts'
import { readAccount } from './read-account.ts'
import { type Column, textTable } from './text-table.ts'

export const show = defineCommand({
  name: 'show',
  args: '<ROLE>',
  summary: 'one role: policies, action states with evidence, risk factors, history',
  options: [...accountOptions, ...outputOptions],
  async run({ json }, context) {
    const workspace = await context.openWorkspace()
    const scanned = await readAccount(workspace, context)
    if (!scanned.ok) return context.refuse(scanned.refusal)
    const [roleName = ''] = context.args
    const shown = await workspace.show(roleName)
    if (!shown.ok) return context.refuse(shown.refusal)
    const advised = await workspace.advice(roleName, { signal: context.signal })
    if (!advised.ok) return context.refuse(advised.refusal)
    if (json) context.printJson({ ...shown.value, awsAdvice: advised.value })
    else context.print(roleText(shown.value, scanned.value, advised.value))
    return 0
  },
})

function roleText(role: RoleView, scan: ScanView, advice: readonly AwsAdvice[]): string {
  const { grantedActions, usedActions, unusedActions, unknownActions, requiredActions } = role
  const sections: readonly (readonly [string, string])[] = [
    ['Risk', bullets([...role.riskFactors.map(riskLine), ...unusedLine(role)])],
    [
      'Guards',
      bullets(role.guards.map(({ id, reason, overridable }) => `${id}: ${reason}${overridable ? '' : ' (cannot be overridden)'}`)),
    ],
    ['Policies', bullets(role.policies.map(policyLine))],
    ['Actions by service', role.actions.length === 0 ? '' : textTable(serviceColumns, byService(role.actions))],
    ['Why', bullets(reasonLines(role.actions))],
    ['Evidence', bullets(evidenceLines(scan))],
    ['Beside AWS', bullets(adviceLines(advice))],
    ['History', role.history.length === 0 ? '' : historyTable(role.history satisfies readonly HistoryEntry[])],
  ]
  const head = [
    `${role.roleName}  risk ${role.riskScore} ${role.riskGrade}  last used ${instantText(role.lastUsed)}`,
    role.arn,
    `${grantedActions} actions granted: ${usedActions} used, ${unusedActions} unused, ${unknownActions} unknown, ${requiredActions} required`,
  ]
  const bodies = sections.filter(([, body]) => body !== '').map(([title, body]) => `\n${title}\n${body}`)
  return `${head.map(clean).join('\n')}\n${bodies.join('')}`
}

const unusedLine = ({ unusedPoints = 0, riskScore }: RoleView): readonly string[] =>
  unusedPoints === 0 ? [] : [`${unusedPoints} of ${riskScore} points are unused`]

/** A danger by its share of the score, exposure and guards by what they add or take. */
const riskLine = ({ kind, share, points, reason }: RiskFactor): string =>
  kind === 'danger' ? `${share} points: ${reason}` : `${kind === 'guard' ? '−' : '+'}${points}: ${reason}`

const bullets = (lines: readonly string[]): string => lines.map((line) => `  - ${clean(line)}\n`).join('')

const policyLine = ({ name, kind, attachedTo }: PolicyView): string =>
  `${name} (${kind}${attachedTo === undefined || attachedTo <= 1 ? '' : `, attached to ${attachedTo}`})`

const evidenceLines = ({ window, minAge, sources }: ScanView): readonly string[] => [
  `window ${window} days; grants younger than ${minAge} days are unknown`,
  ...sources.map(({ id, status, why }) => `${id} ${status}: ${why}`),
]

const REASONS = 12
const NAMED = 3

/** Why actions are in the state that they are in, the commonest reasons first; `--json` has the reason of each. */
function reasonLines(actions: readonly JudgedAction[]): readonly string[] {
  const groups = [...Map.groupBy(actions, ({ state, reason }) => `${state}: ${reason}`)].toSorted(([, a], [, b]) => b.length - a.length)
  const lines = groups.slice(0, REASONS).map(([why, found]) => `${found.length} ${why} (${namesOf(found)}${seenText(found)})`)
  return groups.length > REASONS ? [...lines, `${groups.length - REASONS} other reasons: see --json`] : lines
}

const namesOf = (found: readonly JudgedAction[]): string =>
  `${found
    .slice(0, NAMED)
    .map(({ action }) => action)
    .join(', ')}${found.length > NAMED ? ', …' : ''}`

function seenText([one]: readonly JudgedAction[]): string {
  if (one?.source == null) return ''
  return `; ${one.source}${one.evidenceAge === null ? '' : `, ${countText(one.evidenceAge, 'day')} old`}`
}

type ServiceRow = { readonly service: string; readonly actions: readonly JudgedAction[] }

function byService(actions: readonly JudgedAction[]): readonly ServiceRow[] {
  const groups = Map.groupBy(actions, ({ action }) => serviceOf(action))
  return [...groups].map(([service, found]) => ({ service, actions: found })).sort((a, b) => (a.service < b.service ? -1 : 1))
}

const countOf = (state: JudgedAction['state']): Column<ServiceRow> => ({
  title: state.toUpperCase(),
  align: 'right',
  text: ({ actions }) => String(actions.filter((action) => action.state === state).length),
})

const lastOf = ({ actions }: ServiceRow): string =>
  actions.reduce<string | null>((last, { lastAccessed }) => ((lastAccessed ?? '') > (last ?? '') ? lastAccessed : last), null) ?? ''

const serviceColumns: readonly Column<ServiceRow>[] = [
  { title: '  SERVICE', text: ({ service }) => `  ${service}` },
  countOf('unused'),
  countOf('used'),
  countOf('unknown'),
  countOf('required'),
  { title: 'LAST SEEN', text: (row) => lastOf(row).slice(0, 10) },
]
