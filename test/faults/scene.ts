/**
 * What the cases of one variant have in common, made once: the plan, and the account just before its richest stage and just
 * after it, as files to start from, with what the ledger then says.
 */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { RoleState } from '../../src/account/role-state.ts'
import type { ChangeOptions, UseCases } from '../../src/app/use-cases.ts'
import type { Change } from '../../src/change/change.ts'
import { inverseOperations } from '../../src/plan/inverse-operations.ts'
import type { Operation } from '../../src/plan/operation.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import type { Caller } from '../../src/ports/aws.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import { type Lab, openLab } from './lab.ts'
import type { Variant } from './shapes.ts'
import type { Shelf } from './shelf.ts'

/** The account and the ledger as they are when a case begins. */
export type Moment = { readonly image: string; readonly state: RoleState; readonly history: readonly Change[] }

/** What a case disturbs: the stage itself, or its rollback. */
export type Course = 'apply' | 'rollback'

export type Deed = {
  readonly variant: Pick<Variant, 'act'>
  readonly plan: RolePlan
  /** 0 for a quarantine. */
  readonly stage: number
}

export type Scene = Deed & {
  readonly variant: Variant
  readonly caller: Caller
  readonly before: Moment
  readonly after: Moment
  readonly operations: Readonly<Record<Course, readonly Operation[]>>
}

export async function makeScene(variant: Variant, shelf: Shelf): Promise<Scene> {
  const accountKey = shelf.nextKey()
  const { ledger, dataDir, catalog } = shelf
  const lab = await openLab({
    fixture: variant.fixture,
    database: join(dataDir, `${accountKey}.sqlite`),
    ledger,
    accountKey,
    dataDir,
    catalog,
  })
  const moment = async (name: string): Promise<Moment> => {
    const state = await lab.roleState('app')
    if (state === null) throw new Error('the role of the scene is gone')
    const image = join(dataDir, `${accountKey}-${name}.sqlite`)
    copyDatabase(join(dataDir, `${accountKey}.sqlite`), image)
    return { image, state, history: ledger.changes(accountKey).toReversed() }
  }
  try {
    const planned = await planIn(lab, variant)
    for (let n = 1; n < planned.stage; n++) await perform('apply', lab.process(), { variant, ...planned, stage: n })
    const before = await moment('before')
    await perform('apply', lab.process(), { variant, ...planned })
    const after = await moment('after')
    const apply = after.history.at(-1)?.operations.map(({ operation }) => operation) ?? []
    const { restore, tidy } = inverseOperations(apply)
    return { variant, ...planned, caller: lab.caller, before, after, operations: { apply, rollback: [...restore, ...tidy] } }
  } finally {
    lab.close()
  }
}

async function planIn(lab: Lab, variant: Variant): Promise<Pick<Scene, 'plan' | 'stage'>> {
  const planned = await lab.process().plan(['app'], { overlay: variant.act === 'overlay' })
  const [plan] = planned.ok ? planned.value.roles : []
  if (plan === undefined) throw new Error(`${variant.shape} ${variant.n} has no plan`)
  if (variant.act === 'quarantine') return { plan, stage: 0 }
  const typical = plan.stages.filter(
    ({ operations }) => variant.typical === null || operations.some(({ kind }) => kind === variant.typical),
  )
  const [richest] = typical.toSorted((a, b) => b.operations.length - a.operations.length)
  if (richest === undefined) throw new Error(`${variant.shape} ${variant.n} has nothing to remove`)
  return { plan, stage: richest.n }
}

/** Applies the stage or takes it back, as one process. An answer that refuses is an error here. */
async function perform(course: Course, process: UseCases, deed: Deed): Promise<void> {
  const outcome = await act(course, process, deed)
  if (!outcome.ok) throw new Error(`${course} of stage ${deed.stage}: ${outcome.refusal.message}`)
}

export async function act(course: Course, process: UseCases, { variant, plan, stage }: Deed, options: ChangeOptions = {}) {
  if (course === 'apply') return variant.act === 'quarantine' ? process.quarantine('app', options) : process.apply(plan, stage, options)
  const newest = await process.undoable('app')
  return newest.ok ? process.rollback(newest.value.changeId, options) : newest
}

/** A consistent copy of an account that is open. */
function copyDatabase(from: string, to: string): void {
  const database = new DatabaseSync(from)
  database.prepare('VACUUM INTO ?').run(to)
  database.close()
}

/** Puts an account and its history under a key of its own, where a case may do with them what it likes. */
export function stageMoment({ image, history }: Moment, { ledger, dataDir }: Shelf, accountKey: string): string {
  const database = join(dataDir, `${accountKey}.sqlite`)
  copyFileSync(image, database)
  for (const [at, change] of history.entries()) retell(ledger, change, { accountKey, changeId: `${accountKey}-past-${at}` })
  return database
}

function retell(ledger: Ledger, { state, operations, ...change }: Change, place: { accountKey: string; changeId: string }): void {
  const snapshot = ledger.snapshot(change.snapshot)
  if (snapshot === null) throw new Error('the history of the scene has no snapshot')
  ledger.saveSnapshot(place.accountKey, snapshot, change.at)
  ledger.beginChange({ ...change, ...place, operations: operations.map(({ operation }) => operation) })
  for (const { k, outcome, ms, message } of operations) ledger.setOperation(place.changeId, k, { outcome, ms, message })
  ledger.setChangeState(place.changeId, state, change.at)
}
