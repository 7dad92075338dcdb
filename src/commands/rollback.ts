import type { HistoryEntry } from '../app/views.ts'
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
  options: [...accountOptions, ...outputOptions, ...writeOptions, 'role', 'rollbackAll', 'last', 'allSince', 'action'],
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
}

/** Null where nothing was left to undo: a change before it in the batch may have taken it along. */
async function undoOne(
  { changeId }: HistoryEntry,
  { action, override, reason, json, batchId }: Given,
  { workspace, context }: { readonly workspace: Workspace; readonly context: CommandContext },
): Promise<ChangeResult | null> {
  const options = changeOptions(context, { overrides: override, reason, batchId })
  const undone = action === null ? await workspace.rollback(changeId, options) : await workspace.giveBack(changeId, action, options)
  return !undone.ok && undone.refusal.id === 'nothing-to-undo' ? null : settle(undone, json, context)
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
