import { sortRoles } from '../app/role-order.ts'
import type { RoleRow } from '../app/views.ts'
import { jsonPieces } from '../words/json-text.ts'
import { defineCommand } from './command.ts'
import { accountOptions, outputOptions } from './option-table.ts'
import { type PlannedRole, planText } from './plan-text.ts'
import { readAccount } from './read-account.ts'
import { UsageError } from './usage-error.ts'
import { writeWholeFile } from './write-whole-file.ts'

export const plan = defineCommand({
  name: 'plan',
  args: '[ROLE...]',
  summary: 'proposals with stages, operations and proof',
  options: [...accountOptions, ...outputOptions, 'planAll', 'top', 'keep', 'remove', 'overlay', 'fresh', 'out'],
  async run({ json, planAll, top, keep, remove, overlay, fresh, out }, context) {
    const ways = [context.args.length > 0, planAll, top !== null].filter(Boolean).length
    if (ways !== 1) throw new UsageError('plan needs role names, or --all, or --top N.')
    const workspace = await context.openWorkspace()
    const scanned = await readAccount(workspace, context)
    if (!scanned.ok) return context.refuse(scanned.refusal)
    const names = context.args.length > 0 ? [...new Set(context.args)] : byRisk(scanned.value.roles, top)
    const planned = await workspace.plan(names, { keep, remove, overlay, fresh, signal: context.signal })
    if (!planned.ok) return context.refuse(planned.refusal)
    // AWS is asked for its own proposal where roles are named, never in bulk.
    const roles: PlannedRole[] = []
    for (const one of planned.value.roles) {
      const advised = context.args.length === 0 ? null : await workspace.advice(one.roleName, { signal: context.signal })
      if (advised?.ok === false) return context.refuse(advised.refusal)
      roles.push(advised === null ? one : { ...one, awsAdvice: advised.value })
    }
    const plan = { ...planned.value, roles }
    if (out !== null) {
      writeWholeFile(out, jsonPieces(plan))
      context.note(`The plan is in ${out}: zt-tui apply ${out}`)
    }
    if (json) context.printJson(plan)
    else context.print(planText(plan))
    return 0
  },
})

const byRisk = (roles: readonly RoleRow[], top: number | null): readonly string[] =>
  sortRoles(roles, 'risk')
    .slice(0, top ?? undefined)
    .map(({ roleName }) => roleName)
