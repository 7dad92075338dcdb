import { filterRoles } from '../app/role-filter.ts'
import { sortRoles, withGains } from '../app/role-order.ts'
import type { RoleRow } from '../app/views.ts'
import { defineCommand } from './command.ts'
import { accountOptions, outputOptions } from './option-table.ts'
import { instantText } from './plain-text.ts'
import { readAccount } from './read-account.ts'
import { type Column, textTable } from './text-table.ts'

export const roles = defineCommand({
  name: 'roles',
  args: '',
  summary: 'the list of roles, by risk unless sorted otherwise',
  options: [...accountOptions, ...outputOptions, 'sort', 'limit', 'filter'],
  async run({ json, sort, limit, filter }, context) {
    const workspace = await context.openWorkspace()
    const scanned = await readAccount(workspace, context)
    if (!scanned.ok) return context.refuse(scanned.refusal)
    const left = filterRoles(scanned.value.roles, filter ?? '', workspace.now().getTime())
    const gains = sort === 'gain' ? await workspace.gains() : null
    const rows = sortRoles(gains === null ? left : withGains(left, gains), sort).slice(0, limit ?? undefined)
    const shown = gains === null ? columns : [gainColumn, ...columns]
    if (json) context.printJson(rows)
    else context.print(rows.length === 0 ? 'No role.\n' : textTable(shown, rows))
    return 0
  },
})

const standing = ({ stage }: RoleRow): string => (stage.state === 'open' ? '' : `${stage.applied}/${stage.total ?? '?'} ${stage.state}`)

const gainColumn: Column<RoleRow> = { title: 'GAIN', align: 'right', text: ({ gain }) => (gain ?? 0).toFixed(2) }

const columns: readonly Column<RoleRow>[] = [
  { title: 'RISK', align: 'right', text: ({ riskScore }) => String(riskScore) },
  { title: 'GRADE', text: ({ riskGrade }) => riskGrade },
  { title: 'ROLE', text: ({ roleName }) => roleName },
  { title: 'GRANTED', align: 'right', text: ({ grantedActions }) => String(grantedActions) },
  { title: 'UNUSED', align: 'right', text: ({ unusedActions }) => String(unusedActions) },
  { title: '%', align: 'right', text: ({ unusedPercent }) => unusedPercent.toFixed(1) },
  { title: 'LAST USED', text: ({ lastUsed }) => instantText(lastUsed) },
  { title: 'STAGES', text: standing },
  { title: 'FLAGS', text: (row) => [...(row.protected ? ['protected'] : []), ...row.flags].join(', ') },
]
