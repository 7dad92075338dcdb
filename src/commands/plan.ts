import { orderRoles } from '../app/role-order.ts'
import type { RoleRow } from '../app/views.ts'
import type { PlanFile, PlanStage, RolePlan } from '../plan/plan.ts'
import { clean } from '../words/clean.ts'
import { jsonPieces } from '../words/json-text.ts'
import { defineCommand } from './command.ts'
import { accountOptions, outputOptions } from './option-table.ts'
import { countText } from './plain-text.ts'
import { readAccount } from './read-account.ts'
import { type Column, textTable } from './text-table.ts'
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
    if (out !== null) {
      writeWholeFile(out, jsonPieces(planned.value))
      context.note(`The plan is in ${out}: zt-tui apply ${out}`)
    }
    if (json) context.printJson(planned.value)
    else context.print(planText(planned.value))
    return 0
  },
})

const byRisk = (roles: readonly RoleRow[], top: number | null): readonly string[] =>
  orderRoles(roles, { sort: 'risk', filter: '' })
    .slice(0, top ?? undefined)
    .map(({ roleName }) => roleName)

const planText = ({ roles }: PlanFile): string => roles.map(rolePlanText).join('\n')

function rolePlanText({ roleName, stages, keptUnknown, required, dropsFuture, undated, notes }: RolePlan): string {
  const remarks = [
    stages.length === 0 && notes.length === 0 ? 'nothing to remove' : '',
    keptUnknown.length > 0 ? `kept because no source tracks them: ${countText(keptUnknown.length, 'action')}` : '',
    required.length > 0 ? `kept because something needs them: ${required.join(', ')}` : '',
    dropsFuture.length > 0 ? `drops future and uncatalogued actions of ${dropsFuture.join(', ')}` : '',
    undated.length > 0 ? `grants without a date of their own: ${undated.join(', ')}` : '',
    ...notes,
  ]
  const table = stages.length === 0 ? '' : textTable(columns, stages)
  return `${clean(roleName)}\n${table}${remarks
    .filter(Boolean)
    .map((line) => `  ${clean(line)}\n`)
    .join('')}`
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
