import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ObservedCall, RoleEvidence, ServiceUse, UnusedAccessFinding } from '../../src/evidence/evidence.ts'
import { judgeRole } from '../../src/evidence/judge.ts'
import { opinionsOf } from '../../src/evidence/opinions.ts'
import { readCalls } from '../../src/evidence/read-calls.ts'
import { readFindings } from '../../src/evidence/read-findings.ts'
import { readLastAccessed } from '../../src/evidence/read-last-accessed.ts'
import { windowEnding } from '../../src/evidence/reading.ts'
import { type ActionSet, countOf, difference, isEmptySet, isSubset, union } from '../../src/policy/action-set.ts'
import { serviceOf } from '../../src/policy/names.ts'
import { everyAction, patternSet } from '../../src/policy/universe.ts'
import { random } from '../support/random.ts'
import { smallUniverse } from '../support/small-catalog.ts'
import { lastYear, now, yesterday } from '../support/usages.ts'

const universe = smallUniverse()
const services = [...universe.services()]
const at = fc.constantFrom(null, null, null, lastYear, yesterday)

const serviceUse = fc
  .tuple(fc.constantFrom(...services), at, fc.option(fc.array(fc.tuple(fc.nat(20), at), { maxLength: 4 }), { nil: null }))
  .map(([service, lastAccessed, rows]): ServiceUse => {
    const names = universe.ofService(service).map((index) => universe.names[index] ?? '')
    const actions = rows?.flatMap(([place, used]) => ({ action: names[place % names.length] ?? '', lastAccessed: used })) ?? null
    return { service, lastAccessed, actions }
  })

const finding = fc
  .record({
    services: fc.array(serviceUse, { maxLength: 4 }),
    wholeRole: fc.boolean(),
    status: fc.constantFrom<UnusedAccessFinding['status']>('ACTIVE', 'ACTIVE', 'ARCHIVED'),
    unusedAccessAge: fc.constantFrom(90, 90, 30, null),
    analyzedAt: fc.constantFrom(yesterday, yesterday, lastYear, null),
    complete: fc.constantFrom(true, true, false),
    lastAccessed: at,
  })
  .map(
    ({ wholeRole, services: listed, ...rest }): UnusedAccessFinding => ({
      ...rest,
      id: 'f',
      analyzerArn: null,
      roleArn: 'r',
      findingType: wholeRole ? 'UnusedIAMRole' : 'UnusedPermission',
      updatedAt: null,
      services: wholeRole ? [] : listed,
    }),
  )

const call = fc
  .tuple(fc.constantFrom(...universe.names), fc.constantFrom(yesterday, lastYear), fc.boolean())
  .map(([action, when, denied]): ObservedCall => ({ action, at: when, denied }))

const report = fc.record({
  roleArn: fc.constant('r'),
  observedUntil: fc.constantFrom(yesterday, yesterday, yesterday, lastYear, null),
  complete: fc.constantFrom(true, true, true, false),
  problem: fc.constant(null),
  services: fc.array(serviceUse, { maxLength: 8 }),
})

const evidence = fc.record({
  lastAccessed: fc.option(report, { nil: null, freq: 8 }),
  findings: fc.array(finding, { maxLength: 2 }),
  calls: fc.array(call, { maxLength: 2 }),
})

const unusedBy = (said: RoleEvidence, young: ActionSet = patternSet(universe, [])): ActionSet =>
  judgeRole(universe, { granted: everyAction(universe), young, evidence: said }, windowEnding(now, 90, 90)).unused

describe('caution', () => {
  it('a use that one more source sees never makes anything unused', () => {
    fc.assert(
      fc.property(evidence, call, (said, more) => {
        expect(isSubset(unusedBy({ ...said, calls: [...said.calls, more] }), unusedBy(said))).toBe(true)
      }),
      random(301, 1500),
    )
  })

  it('a doubt about a source never makes anything unused', () => {
    let unused = 0
    fc.assert(
      fc.property(evidence, (said) => {
        const sure = unusedBy(said)
        unused += countOf(sure) > 0 ? 1 : 0
        const { lastAccessed, findings } = said
        const doubted: readonly RoleEvidence[] = [
          ...(lastAccessed === null
            ? []
            : [
                { ...said, lastAccessed: { ...lastAccessed, complete: false } },
                { ...said, lastAccessed: { ...lastAccessed, observedUntil: lastYear } },
              ]),
          { ...said, findings: findings.map((one) => ({ ...one, complete: false })) },
          { ...said, findings: findings.map((one) => ({ ...one, status: 'RESOLVED' as const })) },
          { ...said, findings: findings.map((one) => ({ ...one, unusedAccessAge: 30 })) },
        ]
        for (const one of doubted) {
          // What proves nothing any more may stop to contradict what another source proves by itself.
          const { calls } = said
          const proved = union(unusedBy({ lastAccessed, findings: [], calls }), unusedBy({ lastAccessed: null, findings, calls }))
          expect(isEmptySet(difference(difference(unusedBy(one), sure), proved))).toBe(true)
        }
      }),
      random(302, 1000),
    )
    expect(unused).toBeGreaterThan(200)
  })

  it('a younger grant never makes anything unused', () => {
    fc.assert(
      fc.property(evidence, fc.subarray([...universe.names]), (said, names) => {
        const young = patternSet(universe, names)
        const unused = unusedBy(said, young)
        expect(isSubset(unused, unusedBy(said))).toBe(true)
        for (const name of names) expect(isEmptySet(difference(patternSet(universe, [name]), unused))).toBe(false)
      }),
      random(303, 500),
    )
  })

  it('what nobody speaks of is never unused', () => {
    fc.assert(
      fc.property(evidence, (said) => {
        const spoken = new Set(
          [...(said.lastAccessed?.services ?? []), ...said.findings.flatMap((one) => one.services)].map(({ service }) => service),
        )
        if (said.findings.some(({ findingType }) => findingType === 'UnusedIAMRole')) return
        const unused = unusedBy(said)
        const silent = universe.names.filter((name) => !spoken.has(serviceOf(name)))
        expect(isSubset(unused, difference(everyAction(universe), patternSet(universe, silent)))).toBe(true)
      }),
      random(304, 1000),
    )
  })
})

describe('states by sets', () => {
  it('are what the rows say of each action, kept ones aside', () => {
    fc.assert(
      fc.property(evidence, (said) => {
        const window = windowEnding(now, 90, 90)
        const judgement = judgeRole(universe, { granted: everyAction(universe), young: universe.nothing, evidence: said }, window)
        const opinionOn = opinionsOf(universe, [
          readLastAccessed(said.lastAccessed, window),
          readFindings(said.findings, window),
          readCalls(said.calls, window),
        ])
        for (const index of universe.names.keys()) {
          const { state } = judgement.explain(index)
          if (state !== 'required')
            expect([universe.names[index], state]).toEqual([universe.names[index], opinionOn(index)?.state ?? 'unknown'])
        }
      }),
      random(305, 500),
    )
  })
})
