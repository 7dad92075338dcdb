/**
 * One case of the fault matrix: a stage is applied, something goes wrong at its k-th operation, the fault is lifted, and the next
 * process takes one of both ways out. Afterwards the role must equal its snapshot or its target (edits of others apart), the
 * ledger must say which, and nothing may be left over or lost.
 */
import { join } from 'node:path'
import type { RoleState } from '../../src/account/role-state.ts'
import type { ChangeOptions, UseCases } from '../../src/app/use-cases.ts'
import { sightFor } from '../../src/change/standing.ts'
import type { Operation } from '../../src/plan/operation.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import { LedgerFailure } from '../../src/ports/ledger-failure.ts'
import type { Fault } from './faults.ts'
import { type Lab, openLab } from './lab.ts'
import type { Variant } from './shapes.ts'

export type Way = 'resume' | 'rollback'

/** A variant with its plan made and its target known: the same in every lab of the variant. */
export type Scene = {
  readonly variant: Variant
  readonly plan: RolePlan
  /** The stage that the faults hit; the ones before it are applied undisturbed. 0 for a quarantine. */
  readonly stage: number
  readonly operations: readonly Operation[]
  readonly target: RoleState
}

export type Case = {
  readonly scene: Scene
  readonly k: number
  readonly fault: Fault
  readonly way: Way
}

export type Shelf = { readonly ledger: Ledger; readonly dataDir: string; nextKey(): string }

/** How the first process meets its end or its trouble: in this process, or in a real one. */
export type Killer = (theCase: Case, place: { readonly accountKey: string; readonly database: string }) => Promise<void>

class Killed extends Error {}

/** Null when everything holds, else what does not. With a killer, a kill is a real one. */
export async function runCase(theCase: Case, shelf: Shelf, killer: Killer | null = null): Promise<string | null> {
  const { scene, k, fault } = theCase
  const accountKey = shelf.nextKey()
  const isReal = killer !== null && fault.kind === 'killed'
  const database = isReal ? join(shelf.dataDir, `${accountKey}.sqlite`) : ':memory:'
  const lab = await openLab({ fixture: scene.variant.fixture, database, ledger: shelf.ledger, accountKey, dataDir: shelf.dataDir })
  try {
    await setStage(lab, scene)
    const original = await lab.roleState('app')
    const operation = scene.operations[k - 1]
    if (original === null || operation === undefined) return 'the scene does not play'
    if (isReal) {
      await killer(theCase, { accountKey, database })
      return await takeWayOut(theCase, { lab, original, accountKey, ledger: shelf.ledger, edited: false })
    }
    const edit = fault.kind === 'edit' ? await injectEdit(lab, operation, fault.what) : null
    if (fault.kind === 'aws') injectVerdict(lab, operation, fault)
    const dying = fault.kind === 'killed' || fault.kind === 'disk-full' ? failingLedger(shelf.ledger, k, fault) : shelf.ledger
    await attempt(lab, { scene, dying, k, edit: edit?.make ?? null })
    lab.setFaults(null)
    return await takeWayOut(theCase, { lab, original, accountKey, ledger: shelf.ledger, edited: edit?.isMade() === true })
  } finally {
    lab.close()
  }
}

type Attempt = { readonly scene: Scene; readonly dying: Ledger; readonly k: number; readonly edit: (() => Promise<void>) | null }

/** Plays the undisturbed part. */
export async function setStage(lab: Lab, { plan, stage }: Pick<Scene, 'plan' | 'stage'>): Promise<void> {
  for (let n = 1; n < stage; n++) {
    const outcome = await lab.process().apply(plan, n)
    if (!outcome.ok) throw new Error(`stage ${n}: ${outcome.refusal.message}`)
  }
}

export const act = (process: UseCases, { variant, plan, stage }: Omit<Scene, 'target' | 'operations'>, options: ChangeOptions = {}) =>
  variant.act === 'quarantine' ? process.quarantine('app', options) : process.apply(plan, stage, options)

/** The first process. A kill leaves it as an exception, everything else as an answer. */
async function attempt(lab: Lab, { scene, dying, k, edit }: Attempt): Promise<void> {
  let due = false
  const live = lab.live
  const before = async (): Promise<void> => {
    if (!due || edit === null) return
    due = false
    await edit()
  }
  const watched = {
    ...live,
    inlinePolicy: async (...args: Parameters<typeof live.inlinePolicy>) => before().then(() => live.inlinePolicy(...args)),
    attachedPolicies: async (...args: Parameters<typeof live.attachedPolicies>) => before().then(() => live.attachedPolicies(...args)),
    managedPolicy: async (...args: Parameters<typeof live.managedPolicy>) => before().then(() => live.managedPolicy(...args)),
  }
  const process = lab.process({ ledger: dying, live: watched })
  try {
    await act(process, scene, {
      onProgress: (progress) => {
        if (progress.phase === 'operation' && progress.k === k && progress.outcome === 'started') due = true
      },
    })
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
}

function failingLedger(ledger: Ledger, k: number, fault: Extract<Fault, { kind: 'killed' | 'disk-full' }>): Ledger {
  return {
    ...ledger,
    setOperation(changeId, number, result) {
      if (number === k && result.outcome === fault.at) throw fault.kind === 'killed' ? new Killed() : new LedgerFailure('The disk is full.')
      ledger.setOperation(changeId, number, result)
    },
  }
}

function injectVerdict(lab: Lab, operation: Operation, { times, verdict }: Extract<Fault, { kind: 'aws' }>): void {
  let left = times
  let reached = false
  lab.setFaults((call) => {
    if (call.operation === operation.kind) reached = true
    const isWrite = /^(Put|Delete|Create|Attach|Detach|Set)/.test(call.operation)
    const isDue = times === Number.POSITIVE_INFINITY ? reached && isWrite : call.operation === operation.kind
    if (!isDue || left <= 0) return null
    left--
    return verdict
  })
}

const OTHERS = '{"Version":"2012-10-17","Statement":[{"Sid":"Others","Effect":"Allow","Action":"sts:GetCallerIdentity","Resource":"*"}]}'

/** Makes an edit through the writer of another admin. Only inline policies can be edited in a way that conflicts. */
async function injectEdit(lab: Lab, operation: Operation, what: 'unrelated' | 'same') {
  let made = false
  const sight = sightFor(operation)
  const name = what === 'same' && sight.kind === 'inline' ? sight.policyName : 'added-by-another-admin'
  return {
    isMade: () => made,
    make: async () => {
      await lab.writer.putRolePolicy('app', name, OTHERS)
      made = true
    },
  }
}

type Aftermath = {
  readonly lab: Lab
  readonly original: RoleState
  readonly accountKey: string
  readonly ledger: Ledger
  readonly edited: boolean
}

async function takeWayOut({ way, scene }: Case, { lab, original, accountKey, ledger, edited }: Aftermath): Promise<string | null> {
  const next = lab.process()
  const [open] = await next.interrupted()
  if (open !== undefined) {
    const outcome = await next.recover(open.changeId, way)
    if (!outcome.ok && !edited) return `recover by ${way}: ${outcome.refusal.id}: ${outcome.refusal.message}`
  } else if (way === 'rollback') {
    const undoable = await next.undoable('app')
    const isOurs = undoable.ok && (undoable.value.stage ?? 0) === scene.stage
    const outcome = isOurs ? await next.rollback(undoable.value.changeId) : null
    if (outcome?.ok === false) return `rollback: ${outcome.refusal.id}: ${outcome.refusal.message}`
  }
  return verdictOn({ lab, original, scene, accountKey, ledger })
}

type Judged = Omit<Aftermath, 'edited'> & { readonly scene: Scene }

async function verdictOn({ lab, original, scene, accountKey, ledger }: Judged): Promise<string | null> {
  const live = await lab.roleState('app')
  if (live === null) return 'the role is gone'
  const isOriginal = sameButForOthers(live, original)
  const isTarget = sameButForOthers(live, scene.target)
  if (!isOriginal && !isTarget) return `the role is neither its snapshot nor its target: ${JSON.stringify(summary(live))}`
  const changes = ledger.changes(accountKey)
  if (changes.some(({ state }) => ['planned', 'snapshotted', 'applying', 'rolling-back', 'interrupted'].includes(state)))
    return 'a change is still open'
  const [newest] = changes.filter(({ undoes, stage }) => undoes === null && (stage ?? 0) === scene.stage)
  const inEffect = newest !== undefined && ['applied', 'verified', 'soaking'].includes(newest.state)
  if (isOriginal !== isTarget && inEffect !== isTarget)
    return `the ledger says ${inEffect ? 'applied' : 'not applied'}, the role says otherwise`
  if (changes.some(({ snapshot }) => ledger.snapshot(snapshot) === null)) return 'a snapshot is lost'
  return isOriginal ? leftOvers(lab, live) : null
}

const summary = ({ inline, attached, managed }: RoleState) => ({
  inline: inline.map(({ name, text }) => [name, text]).sort(),
  attached: attached.map(({ arn }) => arn).sort(),
  defaults: managed.map(({ arn, versions }) => [arn, versions.find(({ isDefault }) => isDefault)?.text]).sort(),
})

/** Policies that another admin wrote in the meantime count neither for nor against. */
function sameButForOthers(a: RoleState, b: RoleState): boolean {
  const others = new Set([...a.inline, ...b.inline].filter(({ text }) => text === OTHERS).map(({ name }) => name))
  const clean = (state: RoleState) => summary({ ...state, inline: state.inline.filter(({ name }) => !others.has(name)) })
  return JSON.stringify(clean(a)) === JSON.stringify(clean(b))
}

/** After a way back nothing of ours may be left in the account. */
async function leftOvers(lab: Lab, live: RoleState): Promise<string | null> {
  const policies = lab.sandbox.callLog.flatMap(({ operation, params }) => (operation === 'CreatePolicy' ? [String(params.PolicyName)] : []))
  for (const name of policies) {
    const [, partition, , , accountId] = live.arn.split(':')
    const orphan = await lab.live.managedPolicy(`arn:${partition}:iam::${accountId}:policy/zt-tui/${name}`)
    if (orphan !== null) return `orphan policy ${name}`
  }
  const crowded = live.managed.find(
    ({ versions, arn }) => !arn.includes(':aws:policy/') && versions.some(({ text }) => text.includes('"zt')),
  )
  return crowded === undefined ? null : `left-over version of ${crowded.arn}`
}
