import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createPolicyReader } from '../../src/account/role-policies.ts'
import { judgeRole } from '../../src/evidence/judge.ts'
import { windowEnding } from '../../src/evidence/reading.ts'
import { applyOperations } from '../../src/plan/apply-operation.ts'
import { proposeRole } from '../../src/plan/propose.ts'
import { stateDocuments } from '../../src/plan/role-state-policies.ts'
import { difference, emptySet, indexesOf, intersection, isSubset, union } from '../../src/policy/action-set.ts'
import { loadCatalog } from '../../src/policy/catalog.ts'
import { allowedActions, grantedActions } from '../../src/policy/grants.ts'
import { createPatternGrouper } from '../../src/policy/pattern-groups.ts'
import { policySize } from '../../src/policy/size.ts'
import { createUniverse, patternSet } from '../../src/policy/universe.ts'
import { escalationPaths } from '../../src/risk/escalation-paths.generated.ts'
import type { RawPolicy, RawStatement } from '../support/evaluator.ts'
import { patience, random } from '../support/random.ts'
import { limits, type RoleBuilder, role } from '../support/role-builder.ts'
import { now, reportOn, usages } from '../support/usages.ts'

/** Documents of AWS managed policies, beside the repository where it is developed. */
const sampleFile = new URL('../../../shared/data/aws-managed-policies-sample.json.gz', import.meta.url)
const isHere = existsSync(sampleFile)
const sample: Readonly<Record<string, { readonly document: RawPolicy }>> = isHere
  ? JSON.parse(gunzipSync(readFileSync(sampleFile)).toString('utf8'))
  : {}

/** All of them take minutes: `ZT_TUI_TEST_RUNS=30` runs all, `ZT_TUI_TEST_SEED` picks others. */
const { seed, numRuns } = random(0, 1)
const step = Math.max(1, Math.round(30 / numRuns))
const policies = Object.entries(sample).filter((_, at) => (at + seed / 1000) % step === 0)

const catalog = loadCatalog()
const escalation = escalationPaths.flatMap(({ actions }) => actions)

const shapes: Readonly<Record<string, (name: string, document: RawPolicy) => RoleBuilder | null>> = {
  attached: (name, document) => role().hasAwsManaged(name, document),
  inline: (_, document) =>
    policySize(JSON.stringify(document)) <= limits.inlineSumPerRole ? role().hasInline('main', JSON.stringify(document, null, 2)) : null,
  'customer managed': (name, document) =>
    policySize(JSON.stringify(document)) <= limits.managedPolicySize ? role().hasManaged(name, document) : null,
}

function check(name: string, document: RawPolicy): void {
  const statements = [document.Statement].flat() as RawStatement[]
  const universe = createUniverse(
    catalog,
    statements.flatMap(({ Action, NotAction }) => [Action ?? [], NotAction ?? []].flat()),
  )
  const read = createPolicyReader()
  for (const [shape, build] of Object.entries(shapes))
    for (const [usage, uses] of Object.entries(usages)) {
      const state = build(name, document)?.state
      if (state === undefined) continue
      const granted = grantedActions(universe, stateDocuments(state, read))
      const judgement = judgeRole(
        universe,
        { granted, young: emptySet(universe.size), evidence: { lastAccessed: reportOn(universe, granted, uses), findings: [], calls: [] } },
        windowEnding(now, 90, 90),
      )
      const plan = proposeRole({
        shaping: { universe, read, limits: { ...limits, finalPolicies: 5 }, takenNames: new Set(), group: createPatternGrouper(universe) },
        state,
        judgement,
        undated: [],
        escalation: patternSet(universe, escalation),
        keep: [],
        remove: [],
        overlay: false,
        riskOf: () => 0,
      })
      const facts = { name, shape, usage }
      for (const { n, proof, sizes } of plan.stages) {
        expect({ ...facts, n, ...proof }).toEqual({ ...facts, n, noNewAccess: true, usedKept: true, prefixes: true, counterexample: null })
        expect({ ...facts, n, limitOk: sizes.limitOk }).toEqual({ ...facts, n, limitOk: true })
      }
      const removed = patternSet(
        universe,
        plan.stages.flatMap(({ removes }) => removes),
      )
      const end = plan.stages.reduce((from, { operations }) => applyOperations(from, operations), state)
      const left = allowedActions(universe, stateDocuments(end, read))
      expect({ ...facts, left: indexesOf(intersection(left, removed)) }).toEqual({ ...facts, left: [] })
      expect(isSubset(difference(granted, removed), left)).toBe(true)
      expect(isSubset(removed, union(judgement.unused, emptySet(universe.size)))).toBe(true)
      if (plan.notes.length === 0) expect(indexesOf(removed)).toEqual(indexesOf(judgement.unused))
    }
}

describe('every AWS managed policy is tightened with proof, in whatever way it is attached and used', () => {
  if (!isHere) it.skipIf(true)('skipped: the documents of AWS managed policies are not beside this repository', () => {})
  it.each(policies)(
    '%s',
    (name, { document }) => {
      check(name, document)
    },
    patience,
  )
})
