import type { StatusReport } from '../status-report.ts'
import type { ReportWords } from '../words/report-words.ts'
import { dayCell, levelCell } from './cells.ts'
import { type Block, codes, number, type Section, share, tableOf, text } from './document.ts'

/** The account's whole content, folded. */
export function inventorySection({ inventory }: StatusReport, words: ReportWords): Section {
  const { columns } = words
  const users = tableOf(
    [
      { title: columns.user, cell: ({ userName }) => text({ code: userName }) },
      { title: columns.groups, cell: ({ groups }) => text(...codes(groups)) },
      { title: columns.policies, cell: ({ policies }) => text(...codes(policies)) },
    ],
    inventory.users,
  )
  const groups = tableOf(
    [
      { title: columns.group, cell: ({ groupName }) => text({ code: groupName }) },
      { title: columns.members, numeric: true, cell: ({ members }) => number(members) },
      { title: columns.policies, cell: ({ policies }) => text(...codes(policies)) },
    ],
    inventory.groups,
  )
  const customer = tableOf(
    [
      { title: columns.policy, cell: ({ policyName }) => text({ code: policyName }) },
      { title: columns.attachments, numeric: true, cell: ({ attachments }) => number(attachments) },
      { title: columns.boundaryUses, numeric: true, cell: ({ boundaryUses }) => number(boundaryUses) },
      { title: columns.versions, numeric: true, cell: ({ versions }) => number(versions) },
    ],
    inventory.customerManagedPolicies,
  )
  const aws = tableOf(
    [
      { title: columns.policy, cell: ({ policyName }) => text({ code: policyName }) },
      { title: columns.attachments, numeric: true, cell: ({ attachments }) => number(attachments) },
    ],
    inventory.awsManagedPolicies,
  )
  const folded = (title: string, count: number, ...blocks: readonly Block[]): Block => ({ kind: 'folded', title, count, blocks })
  return {
    id: 'inventory',
    title: words.sections.inventory,
    blocks: [
      folded(words.inventory.users, inventory.users.length, users),
      folded(words.inventory.groups, inventory.groups.length, groups),
      folded(words.inventory.roles, inventory.roles.length, roleTable(inventory.roles, words)),
      folded(words.inventory.customer, inventory.customerManagedPolicies.length, customer),
      folded(words.inventory.aws, inventory.awsManagedPolicies.length, aws),
    ],
  }
}

function roleTable(roles: StatusReport['inventory']['roles'], words: ReportWords): Block {
  const { columns } = words
  return tableOf(
    [
      { title: columns.role, cell: ({ roleName }) => text({ code: roleName }) },
      { title: columns.score, numeric: true, cell: ({ riskScore }) => number(riskScore) },
      { title: columns.grade, cell: ({ riskGrade }) => levelCell(words, riskGrade) },
      { title: columns.granted, numeric: true, cell: ({ grantedActions }) => number(grantedActions) },
      { title: columns.used, numeric: true, cell: ({ usedActions }) => number(usedActions) },
      { title: columns.unknown, numeric: true, cell: ({ unknownActions }) => number(unknownActions) },
      { title: columns.unused, numeric: true, cell: ({ unusedPercent }) => share(unusedPercent) },
      { title: columns.lastUsed, cell: ({ lastUsed }) => dayCell(words, lastUsed) },
      { title: columns.policies, cell: ({ policies }) => text(...codes(policies)) },
    ],
    roles,
  )
}
