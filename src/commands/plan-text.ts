import type { AwsAdvice } from '../app/aws-advice.ts'
import type { PlanSummary } from '../plan/decisions.ts'
import type { LostSiblings } from '../plan/lost-siblings.ts'
import type { PlanFile, PlanStage, RolePlan, SharedPolicy } from '../plan/plan.ts'
import { clean } from '../words/clean.ts'
import { countOf, plural } from '../words/figures.ts'
import { adviceLines } from './advice-text.ts'
import { countText } from './plain-text.ts'
import { type Column, textTable } from './text-table.ts'

/** A plan with what AWS itself proposes, where it was asked. */
export type PlannedRole = RolePlan & { readonly awsAdvice?: readonly AwsAdvice[] }

/** Plans as people read them: stages as tables, what stays and why, and in the end what all of it asks of them. */
export const planText = ({ roles, summary }: Omit<PlanFile, 'roles'> & { readonly roles: readonly PlannedRole[] }): string =>
  `${roles.map(rolePlanText).join('\n')}${summary === undefined || summary.removals === 0 ? '' : `\n${summaryText(summary)}\n`}`

const summaryText = ({ removals, roles, decisions }: PlanSummary): string =>
  `${manyText(removals, 'removal')} in ${manyText(roles, 'role')} ${removals === 1 ? 'is' : 'are'} ${manyText(decisions, 'decision')}.`

const manyText = (count: number, what: string): string => `${countOf(count)} ${what}${plural(count)}`

function rolePlanText(plan: PlannedRole): string {
  const {
    roleName,
    stages,
    keptUnknown,
    required,
    dropsFuture,
    undated,
    requiredReasons = {},
    lostSiblings = [],
    shared = [],
    notes,
  } = plan
  const remarks = [
    stages.length === 0 && notes.length === 0 ? 'nothing to remove' : '',
    keptUnknown.length > 0 ? `kept because no source tracks them: ${countText(keptUnknown.length, 'action')}` : '',
    ...requiredText(required, requiredReasons),
    dropsFuture.length > 0
      ? `drops future and uncatalogued actions of ${dropsFuture.join(', ')} (--keep future, or --keep SERVICE:future, keeps what fits)`
      : '',
    undated.length > 0 ? `grants without a date of their own: ${undated.join(', ')}` : '',
    lostSiblingsText(lostSiblings),
    ...shared.map((policy) => sharedText(roleName, policy)),
    ...notes,
    ...adviceLines(plan.awsAdvice ?? []),
  ]
  const table = stages.length === 0 ? '' : textTable(columns, stages)
  return `${clean(roleName)}\n${table}${remarks
    .filter(Boolean)
    .map((line) => `  ${clean(line)}\n`)
    .join('')}`
}

/** The actions that stay for one reason stand together. */
const requiredText = (required: readonly string[], reasons: Readonly<Record<string, string>>): readonly string[] =>
  [...Map.groupBy(required, (action) => reasons[action] ?? 'something needs them')].map(
    ([reason, actions]) => `kept: ${actions.join(', ')}: ${reason}`,
  )

const SHOWN = 3

/** The first few, and how many more. */
function fewText(items: readonly string[], separator: string): string {
  const more = items.length > SHOWN ? [`${countOf(items.length - SHOWN)} more`] : []
  return [...items.slice(0, SHOWN), ...more].join(separator)
}

/** What was only ever seen making things must undo them one day. */
function lostSiblingsText(lost: readonly LostSiblings[]): string {
  const pairs = lost.map(({ keeps, drops }) => `${keeps} without ${drops.join(', ')}`)
  return lost.length === 0 ? '' : `may make and not undo: ${fewText(pairs, '; ')} (--keep keeps them)`
}

function sharedText(roleName: string, { policyName, roles, users, groups }: SharedPolicy): string {
  const others = [...roles, ...users.map((name) => `user ${name}`), ...groups.map((name) => `group ${name}`)]
  const batch = roles.length === 0 ? '' : `; all of them: zt-tui plan ${[roleName, ...roles].join(' ')}`
  return `${policyName} is shared with ${fewText(others, ', ')}: this role gets a copy of its own${batch}`
}

const isProved = ({ proof }: PlanStage): boolean => proof.noNewAccess && proof.usedKept && proof.prefixes

const columns: readonly Column<PlanStage>[] = [
  { title: '  STAGE', text: ({ n }) => `  ${n}` },
  { title: 'REMOVES', align: 'right', text: ({ removes }) => String(removes.length) },
  { title: 'CALLS', align: 'right', text: ({ operations }) => String(operations.length) },
  { title: 'RISK AFTER', align: 'right', text: ({ riskAfter }) => String(riskAfter) },
  { title: 'PROOF', text: (stage) => (isProved(stage) ? 'holds' : `fails: ${stage.proof.counterexample ?? 'no reason given'}`) },
  { title: 'SIZE', text: ({ sizes }) => (sizes.limitOk ? 'fits' : 'over a quota') },
  { title: 'WHAT', text: ({ title }) => title },
]
