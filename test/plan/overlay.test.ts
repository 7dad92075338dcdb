import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPolicyReader } from '../../src/account/role-policies.ts'
import type { RoleState } from '../../src/account/role-state.ts'
import { applyOperations } from '../../src/plan/apply-operation.ts'
import { inverseOperations } from '../../src/plan/inverse-operations.ts'
import { OVERLAY_NAME, overlayOn, overlayPatterns, overlayText, putOverlay } from '../../src/plan/overlay.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import { isProved, proveStage } from '../../src/plan/proof.ts'
import { stateDocuments } from '../../src/plan/role-state-policies.ts'
import { indexesOf } from '../../src/policy/action-set.ts'
import { grantedActions } from '../../src/policy/grants.ts'
import { policySize } from '../../src/policy/size.ts'
import { patternSet } from '../../src/policy/universe.ts'
import { patternIn, roleIn } from '../support/arbitrary-roles.ts'
import { allows, type RawPolicy } from '../support/evaluator.ts'
import { patience, random } from '../support/random.ts'
import { limits, planFor, RoleBuilder, role, textsOf } from '../support/role-builder.ts'
import { smallUniverse } from '../support/small-catalog.ts'

const universe = smallUniverse(['s3:GetFutureThing', 'other:Do'])
const namesIn = (patterns: readonly string[]): string[] =>
  indexesOf(patternSet(universe, patterns)).map((index) => universe.names[index] ?? '')
const grantedIn = (state: RoleState): string[] =>
  indexesOf(grantedActions(universe, stateDocuments(state, createPolicyReader()))).map((index) => universe.names[index] ?? '')
const deniedBy = ({ stages }: RolePlan): readonly string[] => {
  const [put] = stages[0]?.operations ?? []
  return put?.kind === 'PutRolePolicy' ? (overlayPatterns({ name: put.policyName, text: put.after }) ?? []) : []
}
const endOf = ({ stages }: RolePlan, { state }: RoleBuilder): RoleState =>
  stages.reduce((from, { operations }) => applyOperations(from, operations), state)

describe('an overlay', () => {
  it('is one inline Deny of exactly what the rewrite removes, named literally where that fits', () => {
    const plan = planFor(role().allows(['s3:*', 'sqs:*']), universe, { unused: ['s3:Put*', 's3:Delete*'], overlay: true })
    const [first, ...rewrite] = plan.stages
    expect(first).toMatchObject({ n: 1, kind: 'overlay', operations: [{ kind: 'PutRolePolicy', policyName: OVERLAY_NAME, before: null }] })
    expect(first?.removes).toEqual(expect.arrayContaining(rewrite.flatMap(({ removes }) => removes)))
    expect(rewrite.flatMap(({ removes }) => removes)).toHaveLength(first?.removes.length ?? -1)
    expect(deniedBy(plan)).toEqual([...(first?.removes ?? [])].sort())
    expect(rewrite.every(({ kind }) => kind === undefined)).toBe(true)
  })

  it('goes in the last stage of the rewrite, after everything else', () => {
    const builder = role().allows(['s3:*', 'sqs:*']).hasAwsManaged('SnsFull', { Version: '2012-10-17', Statement: [] })
    const plan = planFor(builder, universe, { unused: ['s3:*', 'sqs:Send*'], overlay: true })
    const deletions = plan.stages.map(({ operations }) =>
      operations.findIndex((operation) => operation.kind === 'DeleteRolePolicy' && operation.policyName === OVERLAY_NAME),
    )
    expect(deletions.slice(0, -1).every((at) => at < 0)).toBe(true)
    expect(deletions.at(-1)).toBe((plan.stages.at(-1)?.operations.length ?? 0) - 1)
    expect(overlayOn(endOf(plan, builder))).toBeNull()
  })

  it('takes wildcards only as far as size needs them, and none that a kept wildcard meets', () => {
    const builder = role().allows(['s3:*', 'lambda:Get*Thing*', 'lambda:GetF*', 'lambda:Invoke*'])
    const tight = { inlineSumPerRole: 420 }
    const plan = planFor(builder, universe, { unused: ['s3:*', 'lambda:GetF*'], overlay: true, limits: tight })
    const patterns = deniedBy(plan)
    expect(patterns.some((pattern) => pattern.includes('*'))).toBe(true)
    expect(namesIn(patterns)).toEqual(
      [...(plan.stages[0]?.removes ?? [])].sort((a, b) => universe.names.indexOf(a) - universe.names.indexOf(b)),
    )
    expect(patterns).not.toContain('lambda:*')
  })

  it('is not offered where it does not fit, and a note says how much it needs', () => {
    const plan = planFor(role().allows('*'), universe, { unused: ['s3:*', 'lambda:*'], overlay: true, limits: { inlineSumPerRole: 200 } })
    expect(plan.stages.length).toBeGreaterThan(0)
    expect(plan.stages.some(({ kind }) => kind === 'overlay')).toBe(false)
    expect(plan.notes.join()).toMatch(/no overlay: its Deny needs \d+ characters and the inline policies leave \d+/)
  })

  it('that stands already is removed by the last stage of a plan that did not put it', () => {
    const standing = role().allows(['s3:*', 'sqs:*'])
    const state = applyOperations(standing.state, [putOverlay(['s3:DeleteBucket', 's3:PutObject'])])
    const plan = planFor(new RoleBuilder(state), universe, { unused: ['s3:DeleteBucket'] })
    expect(plan.stages.map(({ removes }) => removes)).toEqual([['s3:DeleteBucket']])
    expect(plan.stages.every(({ proof }) => isProved(proof))).toBe(true)
    expect(
      overlayOn(
        applyOperations(
          state,
          plan.stages.flatMap(({ operations }) => operations),
        ),
      ),
    ).toBeNull()
    expect(plan.notes.join()).toContain('an overlay is in place')
  })

  it(
    'is proved with its rewrite, denies no request that the rewrite leaves, and is taken back exactly',
    () => {
      let offered = 0
      const unusedNames = fc.oneof(fc.subarray([...universe.names]), fc.array(patternIn(universe), { minLength: 1, maxLength: 4 }))
      fc.assert(
        fc.property(roleIn(universe), unusedNames, fc.integer({ min: 300, max: 4000 }), (builder, unused, room) => {
          const plan = planFor(builder, universe, { unused, overlay: true, limits: { inlineSumPerRole: room } })
          for (const { proof, sizes } of plan.stages) {
            expect(proof).toEqual({ noNewAccess: true, usedKept: true, prefixes: true, counterexample: null })
            expect(sizes.inline).toBeLessThanOrEqual(
              Math.max(
                room,
                builder.state.inline.reduce((sum, { text }) => sum + policySize(text), 0),
              ),
            )
          }
          if (plan.stages[0]?.kind !== 'overlay') return
          offered++
          const covered = applyOperations(builder.state, plan.stages[0].operations)
          const gone = plan.stages[0].removes
          expect(grantedIn(covered)).toEqual(grantedIn(builder.state).filter((name) => !gone.includes(name)))
          const policies = (state: RoleState): RawPolicy[] => textsOf(state).map((text) => JSON.parse(text) as RawPolicy)
          const [under, end] = [policies(covered), policies(endOf(plan, builder))]
          for (const action of [...universe.names, 's3:GetUnheardOf', 's3:PutUnheardOf', 'newservice:Do']) {
            const request = { action, resource: 'arn:aws:s3:::a/b', context: { 'aws:one': ['x'] } }
            if (allows(end, request)) expect({ request, allowed: allows(under, request) }).toEqual({ request, allowed: true })
          }
          let state = endOf(plan, builder)
          for (const { operations } of [...plan.stages].reverse()) {
            const { restore, tidy } = inverseOperations(operations)
            state = applyOperations(state, [...restore, ...tidy])
          }
          expect(textsOf(state).sort()).toEqual(textsOf(builder.state).sort())
        }),
        random(110, 250),
      )
      expect(offered).toBeGreaterThan(50)
    },
    patience,
  )
})

describe('the proof of an overlay', () => {
  const { state } = role().allows(['s3:*', 'lambda:Invoke*'])
  const proofOf = (patterns: readonly string[], removed: readonly string[]) => {
    const operations = [putOverlay(patterns)]
    const after = applyOperations(state, operations)
    return proveStage({
      universe,
      read: createPolicyReader(),
      limits,
      before: state,
      after,
      operations,
      removed: patternSet(universe, removed),
    })
  }

  it('holds for what is announced', () => {
    expect(isProved(proofOf(['s3:DeleteBucket', 's3:Put*'], ['s3:DeleteBucket', 's3:Put*']))).toBe(true)
  })

  it.each([
    ['an action that is not announced', ['s3:DeleteBucket', 's3:GetObject'], 'denied: s3:GetObject by s3:GetObject'],
    ['a pattern that matches one', ['s3:*'], /^denied: s3:\w+ by s3:\*$/],
    ['an action that nobody knows', ['s3:DeleteBucket', 's3:Unheard'], 'denied: more than is announced by s3:Unheard'],
    ['everything', ['*'], /^denied: /],
  ])('fails for %s', (_, patterns, counterexample) => {
    const proof = proofOf(patterns, ['s3:DeleteBucket'])
    expect(proof).toMatchObject({ usedKept: false })
    expect(proof.counterexample).toMatch(counterexample)
  })

  it('fails for a pattern that meets a wildcard of which nothing is announced', () => {
    const wide = role().allows(['s3:Delete*', 's3:*Future']).state
    const operations = [putOverlay(['s3:Delete*'])]
    const after = applyOperations(wide, operations)
    const removed = patternSet(universe, ['s3:Delete*'])
    const proof = proveStage({ universe, read: createPolicyReader(), limits, before: wide, after, operations, removed })
    expect(proof.counterexample).toBe('denied: more than is announced by s3:Delete*')
  })

  it('takes a policy of the same name that somebody else wrote for a Deny like any other', () => {
    const foreign = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}'
    expect(overlayPatterns({ name: OVERLAY_NAME, text: foreign })).toBeNull()
    expect(overlayPatterns({ name: 'other', text: overlayText(['s3:GetObject']) })).toBeNull()
    const { state: before } = role().allows('s3:*').hasInline(OVERLAY_NAME, foreign)
    const operations = [{ kind: 'DeleteRolePolicy', policyName: OVERLAY_NAME, before: foreign }] as const
    const after = applyOperations(before, operations)
    const removed = patternSet(universe, [])
    const proof = proveStage({ universe, read: createPolicyReader(), limits, before, after, operations, removed })
    expect(proof.noNewAccess).toBe(false)
  })
})
