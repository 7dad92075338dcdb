import { describe, expect, it } from 'vitest'
import { createPolicyReader } from '../../src/account/role-policies.ts'
import { judgeRole } from '../../src/evidence/judge.ts'
import { windowEnding } from '../../src/evidence/reading.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import { isProved } from '../../src/plan/proof.ts'
import { proposeRole } from '../../src/plan/propose.ts'
import { stateDocuments } from '../../src/plan/role-state-policies.ts'
import type { ActionSet } from '../../src/policy/action-set.ts'
import { countOf, emptySet, hasIndex } from '../../src/policy/action-set.ts'
import { loadCatalog } from '../../src/policy/catalog.ts'
import { grantedActions } from '../../src/policy/grants.ts'
import { createPatternGrouper } from '../../src/policy/pattern-groups.ts'
import { createUniverse, patternSet } from '../../src/policy/universe.ts'
import { escalationPaths } from '../../src/risk/escalation-paths.generated.ts'
import type { RawPolicy } from '../support/evaluator.ts'
import { patience } from '../support/random.ts'
import { limits, role } from '../support/role-builder.ts'
import { now, yesterday } from '../support/usages.ts'

const universe = createUniverse(loadCatalog())
const escalation = patternSet(
  universe,
  escalationPaths.flatMap(({ actions }) => actions),
)

const documents: Readonly<Record<string, RawPolicy>> = {
  AdministratorAccess: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  PowerUserAccess: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['account:GetAccountInformation', 'iam:CreateServiceLinkedRole', 'iam:ListRoles', 'organizations:DescribeOrganization'],
        Resource: '*',
      },
    ],
  },
}

const WIDELY_USED =
  's3 ec2 iam lambda dynamodb sqs sns rds logs cloudwatch kms secretsmanager ssm ecr ecs cloudformation route53 elasticloadbalancing autoscaling events states glue athena sagemaker eks elasticache es kinesis firehose apigateway cognito-idp batch codebuild codepipeline redshift backup config cloudtrail acm wafv2'.split(
    ' ',
  )

/** A complete report of a role that uses so many actions of each of so many services. */
function servicesUsed(granted: ActionSet, count: number, each: number) {
  const used = new Set(WIDELY_USED.slice(0, count))
  return [...universe.services()].flatMap((service) => {
    const tracked = universe
      .ofService(service)
      .filter((index) => hasIndex(granted, index) && universe.catalogAction(index)?.tracked === true)
    const step = Math.max(1, Math.floor(tracked.length / each))
    const isUsed = used.has(service)
    const actions = tracked.map((index, at) => ({
      action: universe.names[index] ?? '',
      lastAccessed: isUsed && at % step === 0 ? yesterday : null,
    }))
    if (!universe.ofService(service).some((index) => hasIndex(granted, index))) return []
    return [{ service, lastAccessed: isUsed ? yesterday : null, actions: actions.length === 0 ? null : actions }]
  })
}

function planOf(name: string, count: number, each: number): { plan: RolePlan; unused: number } {
  const { state } = role().hasAwsManaged(name, documents[name] ?? '')
  const read = createPolicyReader()
  const granted = grantedActions(universe, stateDocuments(state, read))
  const services = servicesUsed(granted, count, each)
  const lastAccessed = { roleArn: state.arn, observedUntil: now.toISOString(), complete: true, problem: null, services }
  const evidence = { lastAccessed, findings: [], calls: [] }
  const judgement = judgeRole(universe, { granted, young: emptySet(universe.size), evidence }, windowEnding(now, 90, 90))
  const plan = proposeRole({
    shaping: { universe, read, limits: { ...limits, finalPolicies: 5 }, takenNames: new Set(), group: createPatternGrouper(universe) },
    state,
    judgement,
    undated: [],
    escalation,
    keep: [],
    remove: [],
    overlay: false,
    riskOf: () => 0,
  })
  return { plan, unused: countOf(judgement.unused) }
}

describe.each(Object.keys(documents))('%s, tightened', (name) => {
  it.each([
    [20, 3],
    [20, 15],
    [40, 15],
  ])(
    'fits for a role that uses %i services with some %i actions each, in a few proved stages',
    (count, each) => {
      const { plan, unused } = planOf(name, count, each)
      expect(plan.notes).toEqual([])
      expect(plan.stages.every(({ proof, sizes }) => isProved(proof) && sizes.limitOk)).toBe(true)
      expect(plan.stages.flatMap(({ removes }) => removes)).toHaveLength(unused)
      expect(plan.stages.length).toBeGreaterThan(2)
      expect(plan.stages.length).toBeLessThanOrEqual(5)
      const made = plan.stages.map(({ operations }) => operations.filter(({ kind }) => kind === 'CreatePolicy').length)
      expect(made.slice(0, -1).every((own) => own <= 3)).toBe(true)
      expect(made.at(-1)).toBeLessThanOrEqual(5)
    },
    patience,
  )
})
