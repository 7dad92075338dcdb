import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPolicyReader } from '../../src/account/role-policies.ts'
import type { RoleState } from '../../src/account/role-state.ts'
import { applyOperation, applyOperations } from '../../src/plan/apply-operation.ts'
import { inverseOperations } from '../../src/plan/inverse-operations.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import { isProved } from '../../src/plan/proof.ts'
import { stateDocuments } from '../../src/plan/role-state-policies.ts'
import { difference, indexesOf } from '../../src/policy/action-set.ts'
import { allowedActions, grantedActions } from '../../src/policy/grants.ts'
import { actionKey } from '../../src/policy/names.ts'
import { createUniverse, patternSet } from '../../src/policy/universe.ts'
import { patternIn, roleIn } from '../support/arbitrary-roles.ts'
import { allows, type RawPolicy, type Request, readings } from '../support/evaluator.ts'
import { patience, random } from '../support/random.ts'
import { planFor, type RoleBuilder, role, textsOf } from '../support/role-builder.ts'
import { smallUniverse } from '../support/small-catalog.ts'

const universe = smallUniverse(['s3:GetFutureThing', 'other:Do'])
const everyName = universe.names

const unusedNames = fc.oneof(
  fc.subarray([...everyName]),
  fc.array(patternIn(universe), { minLength: 1, maxLength: 4 }),
  fc.constant(['*']),
  fc.constant(everyName.filter((name) => !name.startsWith('s3:'))),
)

const granted = (state: RoleState): string[] =>
  indexesOf(grantedActions(universe, stateDocuments(state, createPolicyReader()))).map((index) => universe.names[index] ?? '')

const endOf = ({ stages }: RolePlan, { state }: RoleBuilder): RoleState =>
  stages.reduce((from, { operations }) => applyOperations(from, operations), state)

const contexts: readonly Request['context'][] = [
  {},
  { 'aws:one': ['x'] },
  { 'aws:one': ['x'], 'aws:two': ['y'], 'aws:username': ['b'] },
  { 'aws:username': ['b'] },
]
/** Whether a plan that announces to remove `gone` must leave the request alone. */
const stays = (request: Request | undefined, gone: ReadonlySet<string>): boolean =>
  request !== undefined && universe.indexOf(request.action) !== null && !gone.has(actionKey(request.action))

const places = ['arn:aws:s3:::a/b', 'arn:aws:s3:::home/b/c', 'arn:aws:s3:::c', `arn:aws:s3:::home/\${aws:username}/c`]
const requests: readonly Request[] = [...everyName, 'newservice:Do', 's3:GetUnheardOf'].flatMap((action) =>
  places.flatMap((resource) => contexts.map((context) => ({ action, resource, context }))),
)

describe('a plan', () => {
  it(
    'is proved in every stage, and its stages together take away what nobody uses',
    () => {
      let stages = 0
      fc.assert(
        fc.property(roleIn(universe), unusedNames, (builder, unused) => {
          const plan = planFor(builder, universe, { unused, escalation: ['iam:PutRolePolicy', 'lambda:UpdateFunctionCode'] })
          stages += plan.stages.length
          for (const { proof, sizes } of plan.stages) {
            expect(proof).toEqual({ noNewAccess: true, usedKept: true, prefixes: true, counterexample: null })
            expect(sizes.limitOk).toBe(true)
          }
          const removed = plan.stages.flatMap(({ removes }) => removes)
          expect(new Set(removed).size).toBe(removed.length)
          const before = granted(builder.state)
          expect(granted(endOf(plan, builder))).toEqual(before.filter((name) => !removed.includes(name)))
          if (plan.notes.length === 0) {
            const wanted = indexesOf(patternSet(universe, unused)).map((index) => universe.names[index] ?? '')
            const passRole = removed.includes('iam:PassRole') ? [] : ['iam:PassRole']
            expect([...removed, ...passRole].sort()).toEqual(
              [...new Set([...before.filter((name) => wanted.includes(name)), ...passRole])].sort(),
            )
          }
        }),
        random(101, 700),
      )
      expect(stages).toBeGreaterThan(500)
    },
    patience,
  )

  it(
    'allows at every step what it allows in the end, and nothing that the role could not do',
    () => {
      fc.assert(
        fc.property(roleIn(universe), unusedNames, fc.infiniteStream(fc.nat(requests.length - 1)), (builder, unused, picks) => {
          const plan = planFor(builder, universe, { unused })
          const asked = [...picks.take(40)].flatMap((at) => requests[at] ?? [])
          const allowedIn = (state: RoleState): boolean[] => {
            const policies = textsOf(state).map((text) => JSON.parse(text) as RawPolicy)
            return asked.flatMap((request) => readings.map((reading) => allows(policies, request, reading)))
          }
          let state = builder.state
          for (const { operations, removes } of plan.stages) {
            const gone = new Set(removes.map(actionKey))
            const before = allowedIn(state)
            const after = allowedIn(applyOperations(state, operations))
            for (const operation of operations) {
              state = applyOperation(state, operation)
              const now = allowedIn(state)
              expect(now).toEqual(now.map((isNow, at) => (isNow && before[at]) || after[at]))
            }
            expect(after).toEqual(after.map((isAfter, at) => isAfter && before[at]))
            const staying = before.map((wasBefore, at) => wasBefore && stays(asked[Math.floor(at / readings.length)], gone))
            expect(after).toEqual(after.map((isAfter, at) => isAfter || staying[at]))
          }
        }),
        random(102, 120),
      )
    },
    patience,
  )

  it(
    'made with the catalog of today grants nothing new in the catalog of next year',
    () => {
      const next = smallUniverse()
      const today = createUniverse({ ...next.catalog, actions: next.catalog.actions.filter((_, at) => at % 2 === 0), find: () => null })
      const policiesOf = (state: RoleState): RawPolicy[] => textsOf(state).map((text) => JSON.parse(text) as RawPolicy)
      fc.assert(
        fc.property(roleIn(today), fc.subarray([...today.names]), (builder, unused) => {
          const before = policiesOf(builder.state)
          const after = policiesOf(endOf(planFor(builder, today, { unused }), builder))
          for (const action of next.names)
            for (const resource of places.slice(0, 2)) {
              const request = { action, resource, context: { 'aws:one': ['x'] } }
              if (allows(after, request)) expect({ request, allowed: allows(before, request) }).toEqual({ request, allowed: true })
            }
        }),
        random(105, 150),
      )
    },
    patience,
  )

  it(
    'taken back leaves the role as it was, document for document',
    () => {
      fc.assert(
        fc.property(roleIn(universe), unusedNames, (builder, unused) => {
          const plan = planFor(builder, universe, { unused })
          let state = endOf(plan, builder)
          for (const { operations } of [...plan.stages].reverse()) {
            const { restore, tidy } = inverseOperations(operations)
            state = applyOperations(state, [...restore, ...tidy])
          }
          const content = ({ inline, attached, managed }: RoleState): unknown => ({
            inline: [...inline].sort((a, b) => (a.name < b.name ? -1 : 1)),
            attached: attached.map(({ arn }) => arn).sort(),
            managed: [...managed].sort((a, b) => (a.arn < b.arn ? -1 : 1)),
          })
          expect(content(state)).toEqual(content(builder.state))
        }),
        random(103, 300),
      )
    },
    patience,
  )

  it(
    'made anew when it is carried out proposes nothing more',
    () => {
      fc.assert(
        fc.property(roleIn(universe), unusedNames, (builder, unused) => {
          const plan = planFor(builder, universe, { unused })
          const after = endOf(plan, builder)
          const left = difference(allowedActions(universe, stateDocuments(after, createPolicyReader())), patternSet(universe, []))
          const removed = plan.stages.flatMap(({ removes }) => removes)
          if (plan.notes.length > 0) return
          for (const name of removed) expect(indexesOf(left)).not.toContain(universe.indexOf(name))
          const again = planFor(Object.assign(role(), { state: after }), universe, { unused: removed })
          expect(again.stages).toEqual([])
        }),
        random(104, 200),
      )
    },
    patience,
  )
})

describe('what a plan leaves', () => {
  const wide = role().allows('*')

  it('keeps what the admin keeps, and takes what is unknown only when asked', () => {
    const plan = planFor(wide, universe, {
      unused: ['s3:*'],
      unknown: ['sqs:*'],
      keep: ['s3:Get*'],
      remove: ['sqs:SendMessage', 'ec2:RunInstances'],
    })
    const removed = plan.stages.flatMap(({ removes }) => removes)
    expect(removed).toContain('s3:PutObject')
    expect(removed).toContain('sqs:SendMessage')
    expect(removed.filter((name) => name.startsWith('s3:Get') || name.startsWith('ec2:'))).toEqual([])
    expect(plan.keptUnknown).not.toContain('sqs:SendMessage')
    expect(plan.keptUnknown).toContain('sqs:ReceiveMessage')
  })

  it('iam:PassRole while something that the admin keeps takes a role', () => {
    const kept = planFor(wide, universe, { unused: ['*'], keep: ['lambda:CreateFunction'] })
    expect(kept.stages.flatMap(({ removes }) => removes)).not.toContain('iam:PassRole')
    const gone = planFor(wide, universe, { unused: ['*'], keep: ['lambda:GetFunction'] })
    expect(gone.stages.flatMap(({ removes }) => removes)).toContain('iam:PassRole')
  })

  it('a policy that nobody can read, and one that AWS maintains for a service, with a word about each', () => {
    const Statement = [{ Effect: 'Allow' as const, Action: 's3:*', Resource: '*' }]
    const builder = role()
      .hasInline('broken', '{"Statement":')
      .hasAwsManaged('AWSLambdaThing', { Statement }, '/service-role/')
      .allows(['s3:GetObject', 'sqs:SendMessage'])
    const plan = planFor(builder, universe, { unused: ['s3:*', 'sqs:*'] })
    expect(plan.stages.flatMap(({ removes }) => removes)).toEqual(['sqs:SendMessage'])
    expect(plan.stages.every(({ proof }) => isProved(proof))).toBe(true)
    expect(plan.notes).toEqual([expect.stringContaining('broken is left alone'), expect.stringContaining('AWSLambdaThing is left alone')])
  })

  it('a policy whose document the scan does not have', () => {
    const { state } = role().allows('s3:GetObject')
    const builder = Object.assign(role(), { state: { ...state, attached: [{ name: 'Gone', arn: 'arn:aws:iam::aws:policy/Gone' }] } })
    const plan = planFor(builder, universe, { unused: ['s3:*'] })
    expect(plan.notes).toEqual(['Gone is left alone: its document is not known'])
    expect(plan.stages.every(({ proof }) => isProved(proof))).toBe(true)
  })

  it('nothing to do where nothing is unused, and says so by having no stage', () => {
    expect(planFor(wide, universe, {})).toMatchObject({ stages: [], notes: [], dropsFuture: [], undated: [] })
  })
})
