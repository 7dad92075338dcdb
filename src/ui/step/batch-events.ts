import type { HistoryEntry } from '../../app/views.ts'
import type { RolePlan } from '../../plan/plan.ts'
import type { BatchItem } from '../change-run.ts'
import type { Event } from '../events.ts'
import type { State } from '../state.ts'
import { runOfRollback, runOfStage } from './intents.ts'
import { next, type Step, stay, toast, words } from './result.ts'
import { startScan } from './scan-events.ts'

const withItem = (state: State, roleName: string, change: Partial<BatchItem>): State => ({
  ...state,
  batch: state.batch.map((item) => (item.roleName === roleName ? { ...item, ...change } : item)),
})

/** What a batch has begun for one of its roles. */
export type Batched =
  | { readonly kind: 'apply'; readonly plan: RolePlan; readonly stage: number }
  | { readonly kind: 'rollback'; readonly entry: HistoryEntry }

export function onBatchBegins(state: State, { roleName, begun }: Event<'batch-begins'>): Step {
  const running = withItem(state, roleName, { status: 'running' })
  const run = begun.kind === 'apply' ? runOfStage(running, begun.plan, begun.stage) : runOfRollback(running, begun.entry)
  return stay({ ...running, run })
}

export const onBatchRefused = (state: State, { roleName, status, text }: Event<'batch-refused'>): Step =>
  stay(withItem(state, roleName, { status, text }))

/** What nobody came to any more was stopped before its turn. */
export function onBatchEnded(state: State): Step {
  const batch = state.batch.map(
    (item): BatchItem => (item.status === 'waiting' || item.status === 'running' ? { ...item, status: 'skipped' } : item),
  )
  const done = batch.filter(({ status }) => status === 'done').length
  const ended = toast(
    { ...state, batch, marks: [] },
    done === batch.length ? 'ok' : 'warn',
    words(state).batch.sum[state.batchWay](done, batch.length),
  )
  const scanned = startScan(ended)
  return next(scanned.state, ...scanned.effects, { kind: 'load-interrupted' })
}
