import type { Outcome } from '../app/use-cases.ts'
import type { ChangeReport, HistoryEntry } from '../app/views.ts'
import type { DriftChoice } from '../change/conflicts.ts'
import { driftLines } from '../change/drift-text.ts'
import type { PolicyDrift } from '../change/three-way.ts'
import { clean } from '../words/clean.ts'
import { type ChangeResult, changeOptions, mustStop, printReports, settle } from './change-run.ts'
import { type CommandContext, defineCommand } from './command.ts'
import { confirm, requireAnswer } from './confirm.ts'
import type { Workspace } from './host.ts'
import { accountOptions, outputOptions, writeOptions } from './option-table.ts'
import { instantText } from './plain-text.ts'
import { UsageError } from './usage-error.ts'
import { targetOf, whatToUndo } from './what-to-undo.ts'

export const rollback = defineCommand({
  name: 'rollback',
  args: '[CHANGE_OR_BATCH]',
  summary: 'restore what a change or a batch replaced, or one action of a change',
  options: [...accountOptions, ...outputOptions, ...writeOptions, 'role', 'rollbackAll', 'last', 'allSince', 'action', 'drift'],
  writes: true,
  async run(values, context) {
    const target = targetOf(values, context.args[0])
    const { action } = values
    if (action !== null && target.kind !== 'change')
      throw new UsageError('--action goes with a CHANGE.', '`zt-tui history` lists the changes.')
    requireAnswer(values.yes, context)
    const workspace = await context.openWorkspace()
    const found = await whatToUndo(target, { workspace, signal: context.signal })
    if (!found.ok) return context.refuse(found.refusal)
    const { changes, isBatch } = found.value
    if (action !== null && isBatch) throw new UsageError('--action goes with a CHANGE, not with a batch.')
    const results: ChangeResult[] = []
    const batchId = isBatch ? workspace.newBatchId() : null
    for (const [at, change] of changes.entries()) {
      if (!values.yes && !(await confirm(action === null ? effectOf(change) : effectOfGivingBack(change, action), context)))
        return declined(results, values.json, context)
      if (isBatch) context.note(`[${at + 1}/${changes.length}] ${clean(change.roleName)}`)
      const result = await undoOne(change, { ...values, batchId }, { workspace, context })
      if (result === null) continue
      results.push(result)
      if (mustStop(result, context)) break
    }
    if (results.length === 0) return nothingDone(values.json, isBatch, context)
    return printReports(results, { json: values.json, isBatch }, context)
  },
})

type Given = {
  readonly action: string | null
  readonly override: readonly string[]
  readonly reason: string | null
  readonly json: boolean
  readonly batchId: string | null
  readonly drift: DriftChoice | null
  readonly yes: boolean
}

type Surroundings = { readonly workspace: Workspace; readonly context: CommandContext }

/** Null where nothing was left to undo: a change before it in the batch may have taken it along. */
async function undoOne(change: HistoryEntry, given: Given, { workspace, context }: Surroundings): Promise<ChangeResult | null> {
  const { action, override, reason, json, batchId } = given
  const undo = (drift: DriftChoice | null): Promise<Outcome<ChangeReport>> => {
    const options = changeOptions(context, { overrides: override, reason, batchId, drift })
    return action === null ? workspace.rollback(change.changeId, options) : workspace.giveBack(change.changeId, action, options)
  }
  const first = await undo(given.drift)
  const choice = !first.ok && first.refusal.drift !== undefined && !given.yes ? await askAboutDrift(first.refusal.drift, context) : null
  const undone = choice === null ? first : await undo(choice)
  return !undone.ok && undone.refusal.id === 'nothing-to-undo' ? null : settle(undone, json, context)
}

/** Shows what somebody else did, and asks; Enter leaves everything as it is. */
async function askAboutDrift(drift: readonly PolicyDrift[], context: CommandContext): Promise<DriftChoice | null> {
  for (const line of driftLines(drift)) context.note(clean(line))
  const answer = (await context.ask('t keeps theirs and restores the rest, s writes the snapshot over it, Enter leaves it: '))
    .trim()
    .toLowerCase()
  return answer === 't' ? 'theirs' : answer === 's' ? 'snapshot' : null
}

const effectOf = ({ roleName, kind, stage, at, changeId }: HistoryEntry): readonly string[] => [
  `${roleName}: takes back ${stage === null ? kind : `stage ${stage}`} of ${instantText(at)} UTC (change ${changeId}) and restores its policies exactly.`,
]

const effectOfGivingBack = ({ roleName, stage }: HistoryEntry, action: string): readonly string[] => [
  `${roleName}: gives ${action} back, where and how it was allowed; stage ${stage} stays in effect otherwise.`,
]

/** Those of a batch that were agreed to before are done. */
function declined(results: readonly ChangeResult[], json: boolean, context: CommandContext): number {
  context.note('Left as it is.')
  return printReports(results, { json, isBatch: true }, context)
}

function nothingDone(isJson: boolean, isBatch: boolean, context: CommandContext): number {
  context.note('Nothing to undo.')
  if (isJson) context.printJson(isBatch ? [] : null)
  return 0
}
