/** Apply and rollback against an IAM server that is not ours, call by call beside the embedded account. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createPolicyReader } from '../../src/account/role-policies.ts'
import type { RoleState } from '../../src/account/role-state.ts'
import type { UseCases } from '../../src/app/use-cases.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { applyOperations } from '../../src/plan/apply-operation.ts'
import type { PlanStage, RolePlan } from '../../src/plan/plan.ts'
import { plannedPolicies } from '../../src/plan/role-state-policies.ts'
import { stateHash } from '../../src/plan/state-hash.ts'
import { openSandbox, type SandboxFixture, serveSandbox } from '../../src/sandbox/index.ts'
import { type Lab, openLab } from '../faults/lab.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { granted, planOf } from '../support/test-account.ts'
import { copyAccount } from './support/copy-account.ts'
import { hasMoto, type Moto, startMoto } from './support/moto.ts'
import { type RecordedAccount, type RecordedCall, recordedAccount } from './support/recorded-account.ts'

const NOW = new Date('2026-11-02T09:00:00Z')

type Side = { readonly account: RecordedAccount; readonly process: UseCases }

describe.skipIf(!hasMoto)(hasMoto ? 'moto_server' : 'skipped: moto_server is not installed', () => {
  let moto: Moto
  beforeAll(async () => {
    moto = await startMoto()
  })
  afterAll(() => moto.close())

  test.each(Object.entries(planShapes))('is asked the same calls and ends in the same states: %s', async (_, fixture) => {
    await moto.reset()
    const { ours, theirs, plan } = await bothSides(fixture, moto)
    const original = { ours: await stateOf(ours), theirs: await stateOf(theirs) }
    expect(original.theirs).toEqual(original.ours)
    const plans = { ours: plan, theirs: planFor(plan, await roleOf(theirs)) }
    ours.account.calls.length = 0
    theirs.account.calls.length = 0
    for (const { n } of plan.stages) {
      granted(await ours.process.apply(plans.ours, n))
      granted(await theirs.process.apply(plans.theirs, n))
      expect(await stateOf(theirs)).toEqual(await stateOf(ours))
    }
    expect(callsOf(theirs)).toEqual(callsOf(ours))
    for (const side of [ours, theirs]) {
      const [first] = (await side.process.history('app')).toReversed()
      granted(await side.process.rollback(first?.changeId ?? ''))
    }
    expect(callsOf(theirs)).toEqual(callsOf(ours))
    expect(await stateOf(ours)).toEqual(original.ours)
    expect(await stateOf(theirs)).toEqual(original.theirs)
  })
})

async function roleOf({ account }: Side): Promise<RoleState> {
  const state = await account.live.roleState('app')
  if (state === null) throw new Error('the role is gone')
  return state
}

const isWrite = (call: RecordedCall): boolean => /^(Put|Delete|Create|Attach|Detach|Set)/.test(call)

/**
 * The writes in their order, and between two of them what was read: each server lists versions in an order of its own, so the
 * reads come sorted. Moto has no simulator, which is asked before a change; without an answer the change goes on.
 */
function callsOf({ account }: Side): readonly RecordedCall[] {
  const asked = account.calls.filter((call) => !call.startsWith('SimulatePrincipalPolicy '))
  let writes = 0
  const placed = asked.map((call) => ({ call, place: isWrite(call) ? ++writes * 2 - 1 : writes * 2 }))
  return placed.toSorted((a, b) => a.place - b.place || (a.call < b.call ? -1 : 1)).map(({ call }) => call)
}

/**
 * What both servers must agree on. Ids, dates and the order of versions are each server's own, and so are its
 * copies of the policies of AWS.
 */
async function stateOf(side: Side): Promise<unknown> {
  const { inline, attached, managed, boundary, trust } = await roleOf(side)
  const policies = managed.map(({ arn, versions, tags, attachmentCount }) => ({
    arn,
    attachmentCount,
    versions: arn.includes(':aws:policy/') ? [] : versions.map(({ text, isDefault }) => `${isDefault} ${text}`).sort(),
    tags: tags.filter(({ key }) => key !== 'zt-tui:change'),
  }))
  return { inline, attached, policies, boundary, trust }
}

/** The same plan for the role that has the same name there: another id, so other hashes, and other copies of the policies of AWS. */
function planFor(plan: RolePlan, role: RoleState): RolePlan {
  const read = createPolicyReader()
  let state = role
  const stages = plan.stages.map((stage): PlanStage => {
    const start = state
    state = applyOperations(start, stage.operations)
    return { ...stage, startHash: stateHash(start), before: plannedPolicies(start, read), after: plannedPolicies(state, read) }
  })
  return { ...plan, roleId: role.roleId, stateHash: stateHash(role), stages }
}

async function bothSides(fixture: SandboxFixture, moto: Moto) {
  const sandbox = openSandbox({ database: ':memory:', now: () => NOW, fixture })
  const server = await serveSandbox(sandbox, { port: 0 })
  const dataDir = mkdtempSync(join(tmpdir(), 'zt-tui-foreign-'))
  const ledger = openLedger({ dataDir, restoreOut: null })
  const lab = await openLab({ fixture, ledger, accountKey: 'plan', dataDir })
  const sides = [await recordedAccount(server.url), await recordedAccount(moto.url)] as const
  onTestFinished(async () => {
    for (const side of sides) side.close()
    lab.close()
    ledger.close()
    await server.close()
    sandbox.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  await copyAccount(sides[0].iam, sides[1].iam)
  const plan = await planOf(lab.process(), 'app')
  return { plan, ours: sideOf(lab, 'sandbox', sides[0]), theirs: sideOf(lab, 'moto', sides[1]) }
}

function sideOf(lab: Lab, accountKey: string, account: RecordedAccount): Side {
  let ids = 0
  const { live, writer } = account
  return { account, process: lab.process({ accountKey, live, writer, newId: () => `${accountKey}-${++ids}` }) }
}
