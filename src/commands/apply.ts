import { needsTypedName } from '../app/needs-typed-name.ts'
import { openStage } from '../app/open-stage.ts'
import type { Outcome } from '../app/use-cases.ts'
import type { RoleView } from '../app/views.ts'
import type { RolePlan } from '../plan/plan.ts'
import { clean } from '../words/clean.ts'
import { type ChangeResult, changeOptions, mustStop, printReports, settle } from './change-run.ts'
import { type CommandContext, defineCommand } from './command.ts'
import { confirm, confirmByName, requireAnswer } from './confirm.ts'
import type { Workspace } from './host.ts'
import { accountOptions, outputOptions, writeOptions } from './option-table.ts'
import { countText } from './plain-text.ts'
import { readAccount } from './read-account.ts'
import { UsageError } from './usage-error.ts'

type Values = {
  readonly json: boolean
  readonly yes: boolean
  readonly stage: number | null
  readonly override: readonly string[]
  readonly reason: string | null
}

/** What applies to every role of this run. */
type Run = Values & { readonly batchId: string | null }

export const apply = defineCommand({
  name: 'apply',
  args: '[PLAN_FILE_OR_ROLE...]',
  summary: 'apply one stage of the roles named, or of those in a plan file',
  options: [...accountOptions, ...outputOptions, ...writeOptions, 'stage'],
  writes: true,
  async run(values, context) {
    if (context.args.length === 0) throw new UsageError('apply needs a plan file or role names.')
    requireAnswer(values.yes, context)
    const files = await Promise.all(context.args.filter(isFile).map((file) => context.door.readPlanFile(file)))
    const fromFiles = files.flatMap(({ roles }) => roles)
    const workspace = await context.openWorkspace()
    const scanned = await readAccount(workspace, context)
    if (!scanned.ok) return context.refuse(scanned.refusal)
    const foreign = files.find(({ accountId }) => accountId !== null && accountId !== scanned.value.accountId)
    if (foreign !== undefined)
      throw new UsageError(`the plan is for account ${foreign.accountId}, this is ${scanned.value.accountId ?? 'another one'}.`)
    const plans = await plansOf(fromFiles, workspace, context)
    if (!plans.ok) return context.refuse(plans.refusal)
    const results: ChangeResult[] = []
    const batchId = plans.value.length > 1 ? workspace.newBatchId() : null
    for (const [at, plan] of plans.value.entries()) {
      if (batchId !== null) context.note(`[${at + 1}/${plans.value.length}] ${clean(plan.roleName)}`)
      const result = await applyOne(plan, { ...values, batchId }, { workspace, context })
      results.push(result)
      if (mustStop(result, context)) break
    }
    if (batchId !== null && !values.json) context.print(`The way back of all of them: zt-tui rollback ${batchId}\n`)
    if (plans.value.length === 0) context.note('The plan names no role: nothing to apply.')
    return printReports(results, { json: values.json, isBatch: plans.value.length !== 1 }, context)
  },
})

const isFile = (argument: string): boolean => argument.includes('/') || argument.endsWith('.json')

/** The plans of the files, then those of the roles named; each role once. */
async function plansOf(
  fromFiles: readonly RolePlan[],
  workspace: Workspace,
  context: CommandContext,
): Promise<Outcome<readonly RolePlan[]>> {
  const names = [...new Set(context.args.filter((argument) => !isFile(argument)))]
  const planned = names.length === 0 ? null : await workspace.plan(names, { signal: context.signal })
  if (planned?.ok === false) return planned
  const all = [...fromFiles, ...(planned?.value.roles ?? [])]
  return { ok: true, value: [...new Map(all.map((plan) => [plan.arn, plan])).values()] }
}

type Surroundings = { readonly workspace: Workspace; readonly context: CommandContext }

/** The stage is the one that is next now: another process may have applied it by the time that the lock is free. */
async function applyOne(plan: RolePlan, given: Run, { workspace, context }: Surroundings): Promise<ChangeResult> {
  const values = { ...given, stage: given.stage ?? (await workspace.nextStage(plan)) }
  const agreed = values.yes ? { overrides: values.override, reason: values.reason } : await askFor(plan, values, { workspace, context })
  if (agreed === null) {
    context.note(`${plan.roleName}: not applied.`)
    return { report: null, code: 0 }
  }
  const outcome = await workspace.apply(plan, values.stage, changeOptions(context, { ...agreed, batchId: values.batchId }))
  if (outcome.ok || outcome.refusal.id !== 'nothing-to-apply') return settle(outcome, values.json, context)
  context.progress(null)
  context.note(clean(`${outcome.refusal.message}.`))
  return { report: null, code: 0 }
}

type Agreement = { readonly overrides: readonly string[]; readonly reason: string | null }

/** The guards to override and why, after the user has agreed to the effect in front of them; null when they have not. */
async function askFor(plan: RolePlan, values: Values, { workspace, context }: Surroundings): Promise<Agreement | null> {
  const { roleName } = plan
  const [shown, judged] = [await workspace.show(roleName), await workspace.guards(roleName)]
  const role = shown.ok ? shown.value : null
  const guards = judged.ok ? judged.value : []
  const open = guards.filter(({ id, overridable }) => overridable && !values.override.includes(id))
  const effect = [...effectOf(plan, values.stage, { role, workspace }), ...open.map(({ id, reason }) => `Guard ${id}: ${reason}`)]
  const isTyped = needsTypedName(roleName, { row: role, guards })
  const agreed = isTyped ? await confirmByName(effect, roleName, context) : await confirm(effect, context)
  if (!agreed) return null
  const reason = values.reason ?? (open.length > 0 ? await context.ask('Why, for the ledger: ') : null)
  return { overrides: [...values.override, ...open.map(({ id }) => id)], reason }
}

type Place = { readonly role: RoleView | null; readonly workspace: Workspace }

function effectOf(plan: RolePlan, asked: number | null, { role, workspace }: Place): readonly string[] {
  const stage = asked === null ? openStage(plan, role?.stage.applied ?? 0) : plan.stages.find(({ n }) => n === asked)
  if (!stage) return [`${plan.roleName} has no such stage that is open.`]
  const [actions, calls] = [countText(stage.removes.length, 'action'), countText(stage.operations.length, 'AWS call')]
  return [
    `${plan.roleName} in ${workspace.accountLabel}, stage ${stage.n} of ${plan.stages.length} (${stage.title}):`,
    `  removes ${actions} by ${calls}; nothing it used in ${workspace.window} days.${role ? ` Risk ${role.riskScore} before, ${stage.riskAfter} after.` : ''}`,
  ]
}
