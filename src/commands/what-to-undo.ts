/** What a `rollback` line means: the changes to take back, newest first. */
import type { Outcome } from '../app/use-cases.ts'
import type { HistoryEntry } from '../app/views.ts'
import { isInEffect, isOpen, isReversal } from '../change/lifecycle.ts'
import type { Workspace } from './host.ts'
import { UsageError } from './usage-error.ts'

export type Target =
  | { readonly kind: 'change'; readonly changeId: string }
  | { readonly kind: 'role'; readonly roleName: string }
  | { readonly kind: 'original'; readonly roleName: string }
  | { readonly kind: 'last' }
  | { readonly kind: 'since'; readonly time: string }

type Asked = { readonly role: string | null; readonly rollbackAll: boolean; readonly last: boolean; readonly allSince: string | null }

/** Throws `UsageError`. A CHANGE may be the id of a batch: the ledger knows. */
export function targetOf({ role, rollbackAll, last, allSince }: Asked, changeId: string | undefined): Target {
  const ways = [changeId !== undefined, role !== null, last, allSince !== null].filter(Boolean).length
  if (ways !== 1)
    throw new UsageError(
      `rollback needs ${ways === 0 ? 'one' : 'only one'} of: a CHANGE or BATCH, --role ROLE, --last, --all-since TIME.`,
      '`zt-tui history` lists the changes.',
    )
  if (rollbackAll && role === null) throw new UsageError('--all goes with --role ROLE.')
  if (changeId !== undefined) return { kind: 'change', changeId }
  if (role !== null) return { kind: rollbackAll ? 'original' : 'role', roleName: role }
  return allSince === null ? { kind: 'last' } : { kind: 'since', time: allSince }
}

export type ToUndo = { readonly changes: readonly HistoryEntry[]; readonly isBatch: boolean }

type Lookup = { readonly workspace: Pick<Workspace, 'history' | 'undoable'>; readonly signal: AbortSignal }

export async function whatToUndo(target: Target, lookup: Lookup): Promise<Outcome<ToUndo>> {
  switch (target.kind) {
    case 'change':
      return changeOrBatch(target.changeId, lookup)
    case 'role':
      return newestOfRole(target.roleName, lookup)
    case 'original': {
      const newest = await newestOfRole(target.roleName, lookup)
      if (!newest.ok || newest.value.changes.length === 0) return newest.ok ? several([]) : newest
      return inEffectOf(lookup, ({ roleName }) => roleName.toLowerCase() === target.roleName.toLowerCase())
    }
    case 'since':
      return inEffectOf(lookup, ({ at }) => at >= target.time)
    default: {
      const all = await inEffectOf(lookup, () => true)
      return all.ok ? single(all.value.changes[0]) : all
    }
  }
}

const single = (change: HistoryEntry | undefined): Outcome<ToUndo> => ({
  ok: true,
  value: { changes: change === undefined ? [] : [change], isBatch: false },
})

const several = (changes: readonly HistoryEntry[]): Outcome<ToUndo> => ({ ok: true, value: { changes, isBatch: true } })

async function changeOrBatch(id: string, { workspace }: Lookup): Promise<Outcome<ToUndo>> {
  const history = await workspace.history()
  const change = history.find(({ changeId }) => changeId === id)
  if (change !== undefined) return single(change)
  const batch = history.filter(({ batchId }) => batchId === id)
  if (batch.length === 0) throw new UsageError(`the ledger knows no change and no batch "${id}".`, '`zt-tui history` lists the changes.')
  return several(batch.filter(({ kind, outcome }) => isInEffect({ state: outcome }) || (isReversal({ kind }) && outcome === 'rolled-back')))
}

async function newestOfRole(roleName: string, { workspace, signal }: Lookup): Promise<Outcome<ToUndo>> {
  const found = await workspace.undoable(roleName, { signal })
  if (found.ok) return single(found.value)
  return found.refusal.id === 'nothing-to-undo' ? single(undefined) : found
}

/** Changes in effect that are no rollbacks. An open one among them stands in the way: what undoes its role says how. */
async function inEffectOf({ workspace, signal }: Lookup, isMeant: (entry: HistoryEntry) => boolean): Promise<Outcome<ToUndo>> {
  const history = (await workspace.history()).filter(isMeant)
  const open = history.find(({ kind, outcome }) => isOpen({ state: outcome }) && !(isReversal({ kind }) && outcome === 'rolled-back'))
  if (open !== undefined && !isInEffect({ state: open.outcome })) {
    const blocked = await workspace.undoable(open.roleName, { signal })
    if (!blocked.ok) return blocked
  }
  return several(history.filter(({ kind, outcome }) => isInEffect({ state: outcome }) && !isReversal({ kind })))
}
