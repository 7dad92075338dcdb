import { needsTypedName } from '../app/needs-typed-name.ts'
import { openStage } from '../app/open-stage.ts'
import type { ChangeOptions, Outcome } from '../app/use-cases.ts'
import type { ChangeReport, GuardVerdict, RoleRow } from '../app/views.ts'
import type { RolePlan } from '../plan/plan.ts'
import { type Lang, wordsOf } from '../words/index.ts'
import type { Effect } from './effects.ts'
import type { Event } from './events.ts'
import type { ScreenUseCases } from './screen-use-cases.ts'
import { noChoice } from './state.ts'
import type { Batched } from './step/batch-events.ts'

type Work = { readonly useCases: ScreenUseCases; readonly signal: AbortSignal; readonly dispatch: (event: Event) => void }

/** What is begun for one role of a batch; a text says why nothing is. Nobody types names for a batch: what needs one is left out. */
type Prepared = Batched | string

const left = (lang: Lang) => wordsOf(lang).batch.left

async function nextStage({ choices, lang }: Effect<'batch'>, roleName: string, { useCases, signal }: Work): Promise<Prepared> {
  const planned = await useCases.plan([roleName], { ...(choices.get(roleName) ?? noChoice), signal })
  if (!planned.ok) return planned.refusal.message
  const [plan] = planned.value.roles
  const guards = await useCases.guards(roleName)
  if (!guards.ok) return guards.refusal.message
  const shown = await useCases.show(roleName)
  return plan === undefined || !shown.ok ? left(lang).noProposal : pickStage(plan, shown.value, { guards: guards.value, lang })
}

function pickStage(
  plan: RolePlan,
  row: RoleRow,
  { guards, lang }: { readonly guards: readonly GuardVerdict[]; readonly lang: Lang },
): Prepared {
  const why = left(lang)
  if (guards.length > 0) return guards.map(({ reason }) => reason).join('; ')
  if (needsTypedName(plan.roleName, { row, guards })) return why.needsName
  const stage = openStage(plan, row.stage.applied)
  if (stage === null) return why.allApplied
  const { noNewAccess, usedKept, prefixes, counterexample } = stage.proof
  if (!(noNewAccess && usedKept && prefixes)) return why.unproved(stage.n, counterexample ?? '')
  return { kind: 'apply', plan, stage: stage.n }
}

async function newestChange({ lang }: Effect<'batch'>, roleName: string, { useCases }: Work): Promise<Prepared> {
  const found = await useCases.undoable(roleName)
  if (!found.ok) return found.refusal.message
  const entry = found.value
  return entry.kind === 'quarantine' ? left(lang).quarantined : { kind: 'rollback', entry }
}

const start = (begun: Batched, { useCases }: Work, options: ChangeOptions): Promise<Outcome<ChangeReport>> =>
  begun.kind === 'apply' ? useCases.apply(begun.plan, begun.stage, options) : useCases.rollback(begun.entry.changeId, options)

/** One role after another; one that is refused does not keep the others. */
export async function runBatch(effect: Effect<'batch'>, work: Work): Promise<void> {
  const { dispatch, signal, useCases } = work
  let batchId: string | null = null
  for (const roleName of effect.roleNames) {
    if (signal.aborted) break
    const begun = await (effect.way === 'apply' ? nextStage(effect, roleName, work) : newestChange(effect, roleName, work))
    if (typeof begun === 'string') {
      dispatch({ kind: 'batch-refused', roleName, status: 'refused', text: begun })
      continue
    }
    dispatch({ kind: 'batch-begins', roleName, begun })
    batchId ??= useCases.newBatchId()
    const outcome = await start(begun, work, { signal, batchId, onProgress: (progress) => dispatch({ kind: 'change-progress', progress }) })
    dispatch({ kind: 'change-ended', outcome })
  }
  dispatch({ kind: 'batch-ended' })
}
