import type { Arn } from '../policy/names.ts'
import type { StatusReport } from '../report/status-report.ts'
import { type ReportWords, reportWords } from '../report/words/report-words.ts'
import { type Words, wordsOf } from '../words/index.ts'
import type { Tone } from './draw/line.ts'
import type { InventoryTab } from './screen.ts'
import type { State } from './state.ts'

/** One thing of the account: its name, figures beside it, and what there is to know. */
export type InventoryRow = {
  readonly id: string
  readonly name: string
  readonly note: string
  readonly tone: Tone
  readonly arn: Arn | null
  /** What is told and its value, for the pane beside. */
  readonly facts: readonly (readonly [label: keyof Words['inventory']['facts'], value: string])[]
}

type Said = { readonly w: Words['inventory']; readonly r: ReportWords }

type RowsOf = (report: StatusReport, said: Said) => readonly InventoryRow[]

const users: RowsOf = ({ inventory, findings }, { w }) => {
  const without = new Set(findings.usersWithoutMfa.map(({ userName }) => userName))
  const idle = new Set([...findings.unusedPasswords, ...findings.unusedAccessKeys].map(({ userName }) => userName))
  return inventory.users.map(({ userName, arn, groups, policies }) => {
    const marks = [...(without.has(userName) ? [w.marks.noMfa] : []), ...(idle.has(userName) ? [w.marks.idle] : [])]
    return {
      id: arn,
      name: userName,
      note: marks.join(', '),
      tone: marks.length > 0 ? 'warn' : 'dim',
      arn,
      facts: [
        ['arn', arn],
        ['groups', groups.join(', ')],
        ['policies', policies.join(', ')],
        ['findings', marks.join(', ')],
      ],
    }
  })
}

const policies: RowsOf = ({ inventory }, { w }) => [
  ...inventory.customerManagedPolicies.map(
    ({ policyName, arn, attachments, boundaryUses, versions }): InventoryRow => ({
      id: arn,
      name: policyName,
      note: w.kinds.managed(attachments),
      tone: attachments + boundaryUses === 0 ? 'warn' : 'dim',
      arn,
      facts: [
        ['arn', arn],
        ['attached', String(attachments)],
        ['boundary', String(boundaryUses)],
        ['versions', String(versions)],
      ],
    }),
  ),
  ...inventory.awsManagedPolicies.map(
    ({ policyName, arn, attachments }): InventoryRow => ({
      id: arn,
      name: policyName,
      note: w.kinds['aws-managed'](attachments),
      tone: 'dim',
      arn,
      facts: [
        ['arn', arn],
        ['attached', String(attachments)],
      ],
    }),
  ),
]

const external: RowsOf = ({ findings }, { r }) =>
  findings.externalAccess.map(({ id, resourceType, resource, risk, urgency, principals, actions }) => ({
    id,
    name: resource,
    note: r.externalRisks[risk],
    tone: urgency === 'at-once' ? 'error' : 'warn',
    arn: resource,
    facts: [
      ['type', resourceType],
      ['resource', resource],
      ['risk', r.externalRisks[risk]],
      ['who', principals.join(', ')],
      ['actions', actions.join(', ')],
    ],
  }))

/** Roles that the report names, the ones that nobody uses first. */
const found: RowsOf = ({ findings }, { w, r }) => [
  ...findings.unusedRoles.map(
    ({ roleName, arn, idleDays, riskScore, advice }): InventoryRow => ({
      id: `unused ${arn}`,
      name: roleName,
      note: idleDays === null ? w.neverUsed : w.idleFor(idleDays),
      tone: 'warn',
      arn,
      facts: [
        ['arn', arn],
        ['risk', String(riskScore)],
        ['advice', r.unusedAdvice[advice]],
      ],
    }),
  ),
  ...findings.overPermissive.map(
    ({ roleName, policies: named, unusedPercent, riskScore, topRisk }): InventoryRow => ({
      id: `over ${roleName}`,
      name: roleName,
      note: w.unusedShare(unusedPercent),
      tone: 'high',
      arn: null,
      facts: [
        ['risk', String(riskScore)],
        ['unused', `${unusedPercent} %`],
        ['policies', named.join(', ')],
        ['why', topRisk ?? ''],
      ],
    }),
  ),
]

const makers: Readonly<Record<InventoryTab, RowsOf>> = { users, policies, external, findings: found }

export function inventoryRows({ report, facts }: State, tab: InventoryTab): readonly InventoryRow[] {
  if (report?.status !== 'ready') return []
  return makers[tab](report.value, { w: wordsOf(facts.lang).inventory, r: reportWords(facts.lang) })
}
