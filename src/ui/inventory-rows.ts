import type { Arn } from '../policy/names.ts'
import type { StatusReport } from '../report/status-report.ts'
import { reportWords } from '../report/words/report-words.ts'
import type { Lang } from '../words/index.ts'
import type { Tone } from './draw/line.ts'
import type { InventoryTab, State } from './state.ts'

/** One thing of the account: its name, figures beside it, and what there is to know. */
export type InventoryRow = {
  readonly id: string
  readonly name: string
  readonly note: string
  readonly tone: Tone
  readonly arn: Arn | null
  /** Label and value, for the pane beside. */
  readonly facts: readonly (readonly [label: string, value: string])[]
}

type RowsOf = (report: StatusReport, lang: Lang) => readonly InventoryRow[]

const users: RowsOf = ({ inventory, findings }) => {
  const without = new Set(findings.usersWithoutMfa.map(({ userName }) => userName))
  const idle = new Set([...findings.unusedPasswords, ...findings.unusedAccessKeys].map(({ userName }) => userName))
  return inventory.users.map(({ userName, arn, groups, policies }) => {
    const marks = [...(without.has(userName) ? ['no MFA'] : []), ...(idle.has(userName) ? ['idle credentials'] : [])]
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

const policies: RowsOf = ({ inventory }) => [
  ...inventory.customerManagedPolicies.map(
    ({ policyName, arn, attachments, boundaryUses, versions }): InventoryRow => ({
      id: arn,
      name: policyName,
      note: `customer managed, attached ${attachments}×`,
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
      note: `AWS managed, attached ${attachments}×`,
      tone: 'dim',
      arn,
      facts: [
        ['arn', arn],
        ['attached', String(attachments)],
      ],
    }),
  ),
]

const external: RowsOf = ({ findings }, lang) =>
  findings.externalAccess.map(({ id, resourceType, resource, risk, urgency, principals, actions }) => ({
    id,
    name: resource,
    note: reportWords(lang).externalRisks[risk],
    tone: urgency === 'at-once' ? 'error' : 'warn',
    arn: resource,
    facts: [
      ['type', resourceType],
      ['resource', resource],
      ['risk', reportWords(lang).externalRisks[risk]],
      ['who', principals.join(', ')],
      ['actions', actions.join(', ')],
    ],
  }))

/** Roles that the report names, the ones that nobody uses first. */
const found: RowsOf = ({ findings }) => [
  ...findings.unusedRoles.map(
    ({ roleName, arn, idleDays, riskScore, advice }): InventoryRow => ({
      id: `unused ${arn}`,
      name: roleName,
      note: idleDays === null ? 'never used' : `idle for ${idleDays} days`,
      tone: 'warn',
      arn,
      facts: [
        ['arn', arn],
        ['risk', String(riskScore)],
        ['advice', advice],
      ],
    }),
  ),
  ...findings.overPermissive.map(
    ({ roleName, policies: named, unusedPercent, riskScore, topRisk }): InventoryRow => ({
      id: `over ${roleName}`,
      name: roleName,
      note: `${unusedPercent} % unused`,
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
  return report?.status === 'ready' ? makers[tab](report.value, facts.lang) : []
}
