/**
 * What the pure core costs, in processor time, so that other programs do not count, and as ratios to `JSON.parse` of one
 * megabyte in the same run, so that a slow machine says the same as a fast one. `node scripts/bench-core.ts [ROUNDS]`
 */
import { createPolicyReader } from '../src/account/role-policies.ts'
import type { RoleState } from '../src/account/role-state.ts'
import type { ServiceUse } from '../src/evidence/evidence.ts'
import { judgeRole } from '../src/evidence/judge.ts'
import { windowEnding } from '../src/evidence/reading.ts'
import { type ProposalInput, proposeRole } from '../src/plan/propose.ts'
import { stateDocuments } from '../src/plan/role-state-policies.ts'
import { emptySet } from '../src/policy/action-set.ts'
import { loadCatalog } from '../src/policy/catalog.ts'
import { grantedActions } from '../src/policy/grants.ts'
import { createUniverse, patternSet } from '../src/policy/universe.ts'
import { escalationPaths } from '../src/risk/escalation-paths.generated.ts'

const rounds = Number(process.argv[2] ?? 10)
const now = new Date('2026-03-01T00:00:00Z')
const yesterday = '2026-02-28T00:00:00.000Z'

/** Milliseconds of the processor: the first round, which meets cold code, and the best of all. */
function timed(work: () => unknown): { readonly first: number; readonly best: number } {
  const times = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return { first: times[0] ?? 0, best: Math.min(...times) }
}

const megabyte = JSON.stringify(
  Array.from({ length: 12_000 }, (_, n) => ({ Action: [`s3:GetObject${n}`], Effect: 'Allow', Resource: '*', Sid: `S${n}` })),
)
const baseline = timed(() => JSON.parse(megabyte)).best / (megabyte.length / 1_000_000)

function report(what: string, { first, best }: ReturnType<typeof timed>): void {
  const columns = [what.padEnd(44), first.toFixed(1).padStart(8), best.toFixed(1).padStart(8), (best / baseline).toFixed(1).padStart(8)]
  process.stdout.write(`${columns.join('')}\n`)
}

process.stdout.write(`${'processor milliseconds'.padEnd(44)}${'first'.padStart(8)}${'best'.padStart(8)}${'× JSON'.padStart(8)}\n`)
report('the catalog', timed(loadCatalog))
const catalog = loadCatalog()
report(
  'the universe',
  timed(() => createUniverse(catalog)),
)
const universe = createUniverse(catalog)
const escalation = patternSet(
  universe,
  escalationPaths.flatMap(({ actions }) => actions),
)

const busy =
  's3 ec2 sqs sns lambda dynamodb logs cloudwatch kms iam sts ssm secretsmanager ecs ecr rds cloudformation events states athena'.split(' ')

/** A complete report in which every seventh tracked action of the busy services was used. */
const services = [...universe.services()].map((service): ServiceUse => {
  const isBusy = busy.includes(service)
  const tracked = universe.ofService(service).filter((index) => universe.catalogAction(index)?.tracked === true)
  const actions = tracked.map((index, at) => ({
    action: universe.names[index] ?? '',
    lastAccessed: isBusy && at % 7 === 0 ? yesterday : null,
  }))
  return { service, lastAccessed: isBusy ? yesterday : null, actions: tracked.length === 0 ? null : actions }
})

const policies = {
  AdministratorAccess: { Action: '*', Resource: '*' },
  PowerUserAccess: { NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
  AmazonS3FullAccess: { Action: ['s3:*', 's3-object-lambda:*'], Resource: '*' },
}

for (const [name, statement] of Object.entries(policies)) {
  const arn = `arn:aws:iam::aws:policy/${name}`
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
  const version = { versionId: 'v1', isDefault: true, createDate: null, text }
  const state: RoleState = {
    roleName: 'r',
    arn: 'arn:aws:iam::123456789012:role/r',
    roleId: 'AROAR',
    path: '/',
    description: null,
    trust: '{}',
    boundary: null,
    tags: [],
    inline: [],
    attached: [{ name, arn }],
    managed: [{ name, arn, defaultVersionId: 'v1', attachmentCount: 5, boundaryUseCount: 0, versions: [version], tags: [] }],
  }
  const read = createPolicyReader()
  const lastAccessed = { roleArn: state.arn, observedUntil: yesterday, complete: true, problem: null, services }
  const granted = grantedActions(universe, stateDocuments(state, read))
  const toJudge = { granted, young: emptySet(universe.size), evidence: { lastAccessed, findings: [], calls: [] } }
  const judge = () => judgeRole(universe, toJudge, windowEnding(now, 90, 90))
  report(`${name}: judged`, timed(judge))
  const limits = {
    inlineSumPerRole: 10_240,
    managedPolicySize: 6_144,
    attachedPerRole: 10,
    versionsPerPolicy: 5,
    extraPolicies: 3,
    finalPolicies: 5,
  }
  const input: Omit<ProposalInput, 'judgement'> = {
    shaping: { universe, read, limits, takenNames: new Set() },
    state,
    undated: [],
    escalation,
    keep: [],
    remove: [],
    overlay: false,
    riskOf: () => 0,
  }
  report(
    `${name}: proposed and proved`,
    timed(() => proposeRole({ ...input, judgement: judge() })),
  )
}
