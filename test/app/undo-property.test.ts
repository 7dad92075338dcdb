/**
 * Whatever is done to a role, and whatever others do to it meanwhile: taken back, it is what it was, outside the others' edits.
 * The model knows only what the others did; everything else it asks of the program.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RoleState } from '../../src/account/role-state.ts'
import type { Outcome, UseCases } from '../../src/app/use-cases.ts'
import { type Lab, openLab } from '../faults/lab.ts'
import { openShelf, type Shelf } from '../faults/shelf.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { random } from '../support/random.ts'
import { planOf } from '../support/test-account.ts'

/** What others did: the inline policies that are theirs, by name, and the policies that they attached. */
type Model = { readonly inline: Map<string, string>; readonly attached: Set<string> }
type Real = { readonly lab: Lab; readonly useCases: UseCases; readonly done: Map<string, number> }
type Step = fc.AsyncCommand<Model, Real>

const document = (action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })

/** A refusal is an answer too, but never one that leaves something open. */
function heed(real: Real, what: string, outcome: Outcome<unknown>): void {
  if (!outcome.ok) expect(outcome.refusal.code, `${what}: ${outcome.refusal.message}`).toBe(4)
  else real.done.set(what, (real.done.get(what) ?? 0) + 1)
}

const step = (name: string, run: (model: Model, real: Real) => Promise<void>): Step => ({
  check: () => true,
  async run(model, real) {
    await run(model, real)
    expect(await real.useCases.interrupted()).toEqual([])
    await expectOthersEdits(model, real)
  },
  toString: () => name,
})

async function expectOthersEdits(model: Model, { lab }: Real): Promise<void> {
  const live = await lab.roleState('app')
  for (const [name, text] of model.inline) expect(live?.inline).toContainEqual({ name, text })
  for (const arn of model.attached) expect(live?.attached.map((policy) => policy.arn)).toContain(arn)
}

/** The changes of the role that are in effect, newest first. */
const inEffect = async ({ useCases }: Real) =>
  (await useCases.history('app')).filter(({ outcome, kind }) => outcome === 'soaking' && kind !== 'rollback' && kind !== 'release')

async function rollBack(real: Real, changeId: string): Promise<Outcome<unknown>> {
  const outcome = await real.useCases.rollback(changeId)
  const isConflict = !outcome.ok && outcome.refusal.id === 'drift'
  return isConflict ? real.useCases.rollback(changeId, { drift: 'theirs' }) : outcome
}

const apply = step('apply', async (_, real) => heed(real, 'apply', await real.useCases.apply(await planOf(real.useCases, 'app'), null)))
const quarantineOrRelease = step('quarantine or release', async (_, real) => {
  const released = await real.useCases.release('app')
  heed(real, 'release', released)
  if (!released.ok) heed(real, 'quarantine', await real.useCases.quarantine('app'))
})

const rollBackOne = (at: number): Step =>
  step(`roll back ${at}`, async (_, real) => {
    const changes = await inEffect(real)
    const change = changes[at % Math.max(1, changes.length)]
    if (change !== undefined) heed(real, 'rollback', await rollBack(real, change.changeId))
  })

const giveBack = (at: number): Step =>
  step(`give back ${at}`, async (_, real) => {
    const change = (await inEffect(real)).find(({ kind }) => kind === 'tighten')
    const removed = change === undefined ? null : await real.useCases.removedActions(change.changeId)
    const action = removed?.ok === true ? removed.value[at % removed.value.length] : undefined
    if (change !== undefined && action !== undefined) heed(real, 'give back', await real.useCases.giveBack(change.changeId, action))
  })

const othersPut = (n: number): Step =>
  step(`others put ${n}`, async ({ inline }, { lab }) => {
    const [name, text] = [`theirs-${n % 2}`, document(`sts:Get${n}`)]
    await lab.writer.putRolePolicy('app', name, text)
    inline.set(name, text)
  })

const othersDelete = step('others delete', async ({ inline }, { lab }) => {
  const name = [...inline.keys()].find((theirs) => theirs.startsWith('theirs-'))
  if (name === undefined) return
  await lab.writer.deleteRolePolicy('app', name)
  inline.delete(name)
})

const othersAttach = step('others attach', async ({ attached }, { lab }) => {
  const arn = 'arn:aws:iam::aws:policy/AWSCloudTrail_ReadOnlyAccess'
  await lab.writer.attachRolePolicy('app', arn)
  attached.add(arn)
})

/** An inline policy of the role, which may be ours by now, is theirs from here on. */
const othersOverwrite = (n: number): Step =>
  step(`others overwrite ${n}`, async ({ inline }, { lab }) => {
    const policies = (await lab.roleState('app'))?.inline.filter(({ name }) => name !== 'zt-tui-quarantine') ?? []
    const name = policies[n % Math.max(1, policies.length)]?.name
    if (name === undefined) return
    const text = document(`sts:GetCallerIdentity${n}`)
    await lab.writer.putRolePolicy('app', name, text)
    inline.set(name, text)
  })

const steps: fc.Arbitrary<Step>[] = [
  fc.constant(apply),
  fc.constant(apply),
  fc.constant(apply),
  fc.constant(quarantineOrRelease),
  fc.constant(quarantineOrRelease),
  fc.nat(3).map(rollBackOne),
  fc.nat(3).map(rollBackOne),
  fc.nat(40).map(giveBack),
  fc.nat(5).map(othersPut),
  fc.constant(othersDelete),
  fc.constant(othersAttach),
  fc.nat(5).map(othersOverwrite),
]

test('any sequence of changes and of edits by others, taken back, leaves the role as it was and the edits as they are', async () => {
  const shelf = openShelf()
  const done = new Map<string, number>()
  try {
    const property = fc.asyncProperty(
      fc.constantFrom(...Object.values(planShapes)),
      fc.commands(steps, { maxCommands: 14, size: 'max' }),
      async (fixture, commands) => {
        const { lab, real } = await openRole(fixture, shelf, done)
        try {
          const original = await lab.roleState('app')
          const model: Model = { inline: new Map(), attached: new Set() }
          await fc.asyncModelRun(() => ({ model, real }), commands)
          for (let [newest] = await inEffect(real); newest !== undefined; [newest] = await inEffect(real)) {
            const outcome = await rollBack(real, newest.changeId)
            heed(real, 'rollback', outcome)
            expect(outcome, newest.kind).toMatchObject({ ok: true })
          }
          await expectOthersEdits(model, real)
          expect(withoutOthers(model, await lab.roleState('app'))).toEqual(withoutOthers(model, original))
        } finally {
          lab.close()
        }
      },
    )
    await fc.assert(property, random(17, 10))
    expect([...done.keys()].sort()).toEqual(['apply', 'give back', 'quarantine', 'release', 'rollback'])
  } finally {
    shelf.close()
  }
}, 600_000)

async function openRole(fixture: (typeof planShapes)[string], { ledger, dataDir, wires, nextKey }: Shelf, done: Map<string, number>) {
  const lab = await openLab({ fixture, ledger, accountKey: nextKey(), dataDir, wires })
  return { lab, real: { lab, useCases: lab.process(), done } }
}

function withoutOthers({ inline, attached }: Model, state: RoleState | null) {
  const managed = state?.managed.map(({ arn, versions, boundaryUseCount }) => ({
    arn,
    boundaryUseCount,
    texts: versions.map(({ text }) => text),
  }))
  return {
    inline: state?.inline.filter(({ name }) => !inline.has(name)),
    attached: state?.attached.filter(({ arn }) => !attached.has(arn)),
    managed: managed?.filter(({ arn }) => !attached.has(arn)),
    boundary: state?.boundary,
    trust: state?.trust,
  }
}
