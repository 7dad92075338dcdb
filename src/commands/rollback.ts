import type { Outcome } from '../app/use-cases.ts'
import type { HistoryEntry } from '../app/views.ts'
import { type ChangeResult, changeOptions, mustStop, printReports, settle } from './change-run.ts'
import { type CommandContext, defineCommand } from './command.ts'
import { confirm, requireAnswer } from './confirm.ts'
import type { Workspace } from './host.ts'
import { accountOptions, outputOptions, writeOptions } from './option-table.ts'
import { instantText } from './plain-text.ts'
import { UsageError } from './usage-error.ts'

/** What is to be taken back. A batch is done newest first, each change found when the one before it is undone. */
type Target =
  | { readonly kind: 'change'; readonly changeId: string }
  | { readonly kind: 'role'; readonly roleName: string; readonly isBatch: boolean }
  | { readonly kind: 'last' }
  | { readonly kind: 'since'; readonly time: string }

export const rollback = defineCommand({
  name: 'rollback',
  args: '[CHANGE]',
  summary: 'restore what a change replaced, or one action of it',
  options: [...accountOptions, ...outputOptions, ...writeOptions, 'role', 'rollbackAll', 'last', 'allSince', 'action'],
  writes: true,
  async run(values, context) {
    const target = targetOf(values, context.args[0])
    const { action } = values
    if (action !== null && target.kind !== 'change')
      throw new UsageError('--action goes with a CHANGE.', '`zt-tui history` lists the changes.')
    requireAnswer(values.yes, context)
    const workspace = await context.openWorkspace()
    const isBatch = target.kind === 'since' || (target.kind === 'role' && target.isBatch)
    const results: ChangeResult[] = []
    for (;;) {
      const found = await findChange(target, workspace, context)
      if (!found.ok) return context.refuse(found.refusal)
      if (found.value === null) break
      if (!values.yes && !(await confirm(action === null ? effectOf(found.value) : effectOfGivingBack(found.value, action), context)))
        return declined(results, values.json, context)
      const options = changeOptions(context, { overrides: values.override, reason: values.reason })
      const { changeId } = found.value
      const outcome = action === null ? workspace.rollback(changeId, options) : workspace.giveBack(changeId, action, options)
      const undone = await outcome
      if (!undone.ok && undone.refusal.id === 'nothing-to-undo' && !isBatch) return nothingDone(values.json, isBatch, context)
      const result = settle(undone, values.json, context)
      results.push(result)
      if (!isBatch || result.code !== 0 || mustStop(result, context)) break
    }
    if (results.length === 0) return nothingDone(values.json, isBatch, context)
    return printReports(results, { json: values.json, isBatch }, context)
  },
})

type Asked = { readonly role: string | null; readonly rollbackAll: boolean; readonly last: boolean; readonly allSince: string | null }

function targetOf({ role, rollbackAll, last, allSince }: Asked, changeId: string | undefined): Target {
  const ways = [changeId !== undefined, role !== null, last, allSince !== null].filter(Boolean).length
  if (ways !== 1)
    throw new UsageError(
      `rollback needs ${ways === 0 ? 'one' : 'only one'} of: a CHANGE, --role ROLE, --last, --all-since TIME.`,
      '`zt-tui history` lists the changes.',
    )
  if (rollbackAll && role === null) throw new UsageError('--all goes with --role ROLE.')
  if (changeId !== undefined) return { kind: 'change', changeId }
  if (role !== null) return { kind: 'role', roleName: role, isBatch: rollbackAll }
  return allSince === null ? { kind: 'last' } : { kind: 'since', time: allSince }
}

/** The change to take back next; null when there is nothing to undo. */
async function findChange(target: Target, workspace: Workspace, { signal }: CommandContext): Promise<Outcome<HistoryEntry | null>> {
  if (target.kind === 'role') return orNothing(await workspace.undoable(target.roleName, { signal }))
  const history = await workspace.history()
  if (target.kind === 'change') {
    const found = history.find(({ changeId }) => changeId === target.changeId)
    if (!found) throw new UsageError(`the ledger knows no change "${target.changeId}".`, '`zt-tui history` lists the changes.')
    return { ok: true, value: found }
  }
  return newestInEffect(
    history.filter(({ at }) => target.kind === 'last' || at >= target.time),
    workspace,
  )
}

/** `history` is newest first; what undoes each role's newest change knows which of them is still in effect. */
async function newestInEffect(history: readonly HistoryEntry[], workspace: Workspace): Promise<Outcome<HistoryEntry | null>> {
  for (const entry of history) {
    const undoable = orNothing(await workspace.undoable(entry.roleName))
    if (!undoable.ok || undoable.value?.changeId === entry.changeId) return undoable
  }
  return { ok: true, value: null }
}

const orNothing = (found: Outcome<HistoryEntry>): Outcome<HistoryEntry | null> =>
  !found.ok && found.refusal.id === 'nothing-to-undo' ? { ok: true, value: null } : found

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
