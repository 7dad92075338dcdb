import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '../../src/account/account.ts'
import { createPolicyReader, readableDocuments, rolePolicies } from '../../src/account/role-policies.ts'
import { createAccountReader } from '../../src/aws/account-reader.ts'
import { createAwsClients } from '../../src/aws/clients.ts'
import { createEvidenceReader } from '../../src/aws/evidence-reader.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { grantAges } from '../../src/evidence/grant-age.ts'
import { judgeRole } from '../../src/evidence/judge.ts'
import { windowEnding } from '../../src/evidence/reading.ts'
import { countOf, hasIndex } from '../../src/policy/action-set.ts'
import { loadCatalog } from '../../src/policy/catalog.ts'
import { grantedActions } from '../../src/policy/grants.ts'
import { policySize } from '../../src/policy/size.ts'
import { createUniverse } from '../../src/policy/universe.ts'
import { demoAccount } from '../../src/sandbox/demo/demo-account.ts'
import { checkIdentityDocument } from '../../src/sandbox/iam/identity-document.ts'
import { openSandbox, type Sandbox } from '../../src/sandbox/index.ts'

/** The moment at which the published example was made. */
const NOW = new Date('2024-04-01T10:30:00Z')

let sandbox: Sandbox
let account: Account
let evidence: Evidence
const universe = createUniverse(loadCatalog())
const read = createPolicyReader()

beforeAll(async () => {
  sandbox = openSandbox({ database: ':memory:', now: () => NOW })
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  const clients = createAwsClients({ region: 'us-east-1', credentials, requestHandler: sandbox.requestHandler })
  account = await createAccountReader(clients).readAccount()
  evidence = await createEvidenceReader(clients).readEvidence(account)
}, 60_000)

afterAll(() => sandbox.close())

const known = new Map<string, ReturnType<typeof judge>>()

function judged(roleName: string): ReturnType<typeof judge> {
  const result = known.get(roleName) ?? judge(roleName)
  known.set(roleName, result)
  return result
}

function judge(roleName: string) {
  const role = account.roles.find((one) => one.roleName === roleName)
  if (role === undefined) throw new Error(`no role ${roleName}`)
  const { policies } = rolePolicies(account, role, read)
  const window = windowEnding(NOW, 90, 90)
  const granted = grantedActions(universe, readableDocuments(policies))
  const { young } = grantAges(universe, role, policies, read, window)
  const states = judgeRole(universe, { granted, young, evidence: evidence.byRole.get(role.arn) ?? null }, window)
  return { states, unusedPercent: (100 * countOf(states.unused)) / countOf(granted) }
}

const unused = (roleName: string, action: string): boolean => {
  const index = universe.indexOf(action)
  return index !== null && hasIndex(judged(roleName).states.unused, index)
}

test('it has as many principals and policies as the published example', () => {
  const principals = [...account.users, ...account.groups, ...account.roles]
  const awsAttachments = principals.flatMap(({ attached }) => attached).filter(({ arn }) => arn.startsWith('arn:aws:iam::aws:'))
  const own = [...account.policies.keys()].filter((arn) => !arn.startsWith('arn:aws:iam::aws:'))
  expect([account.users.length, account.roles.length, own.length, awsAttachments.length]).toEqual([47, 128, 23, 89])
  expect(account.problems).toEqual([])
})

test.each([
  ['legacy-admin-role', 95],
  ['ec2-backup-service', 87],
  ['data-processing-role', 78],
])('%s does not use %i percent of what it may do', (roleName, percent) => {
  expect(Math.round(judged(roleName).unusedPercent)).toBe(percent)
})

test.each([
  ['web-app-role', ['s3:DeleteBucket', 'ec2:TerminateInstances', 'rds:DeleteDBInstance']],
  ['analytics-worker', ['iam:CreateRole', 'iam:AttachRolePolicy']],
])('%s never used its dangerous actions', (roleName, actions) => {
  expect(actions.filter((action) => !unused(roleName, action))).toEqual([])
})

test('the calls of the most and the least active roles are those of the example', () => {
  const calls =
    demoAccount().roles?.map(({ name, usage }) => ({ name, calls: (usage ?? []).reduce((sum, one) => sum + (one.calls ?? 0), 0) })) ?? []
  const byCalls = calls.filter(({ name }) => !name.startsWith('AWS')).sort((a, b) => b.calls - a.calls)
  expect(byCalls.slice(0, 3)).toEqual([
    { name: 'web-server-role', calls: 1_247_389 },
    { name: 'api-gateway-role', calls: 892_456 },
    { name: 'batch-processing-role', calls: 234_567 },
  ])
  expect(byCalls.slice(-3)).toEqual([
    { name: 'old-monitoring-role', calls: 12 },
    { name: 'temp-consultant-access', calls: 3 },
    { name: 'legacy-migration-role', calls: 0 },
  ])
})

test('it holds one of everything that is easy to get wrong', () => {
  const role = (name: string) => account.roles.find(({ roleName }) => roleName === name)
  const inlineSize = role('inline-limit-role')?.inline.reduce((size, { text }) => size + policySize(text), 0)
  expect(inlineSize).toBe(10_240)
  expect(role('crowded-role')?.attached).toHaveLength(20)
  expect(account.policies.get('arn:aws:iam::123456789012:policy/shared-application-access')?.versions).toHaveLength(5)
  expect(role('developer-made-role')?.boundary).toContain('developer-boundary')
  expect(role('kyoto-batch-role')?.tags).toContainEqual({ key: '用途', value: '日次バッチ' })
  expect(role('chat-ops-bot')?.tags[0]?.value).toContain('\u009b')
  expect(account.roles.filter(({ path }) => path.startsWith('/aws-')).length).toBeGreaterThan(4)
  expect(unused('quarter-close-role', 'rds:CopyDBSnapshot')).toBe(true)
})

test('IAM would take every document but the one whose Sid holds an escape sequence', () => {
  const { roles = [], policies = [] } = demoAccount()
  const text = (document: string | object) => (typeof document === 'string' ? document : JSON.stringify(document))
  const inline = roles.flatMap((role) =>
    Object.entries(role.inline ?? {}).map(([name, document]) => ({ name: `${role.name} ${name}`, text: text(document) })),
  )
  const managed = policies.flatMap(({ name, versions }) => versions.map((document) => ({ name, text: text(document) })))
  const refused = [...inline, ...managed].filter((document) => {
    try {
      checkIdentityDocument(document.text, 'managed')
      return false
    } catch {
      return true
    }
  })
  expect(refused.map(({ name }) => name)).toEqual(['chat-ops-bot banner'])
})

test('a role uses nothing that it may not do, and names only actions that exist', () => {
  const stray = (demoAccount().roles ?? []).flatMap(({ name, usage }) => {
    const { granted } = judged(name).states
    const actions = (usage ?? []).flatMap((one) => one.actions)
    return actions.filter((action) => !hasIndex(granted, universe.indexOf(action) ?? -1)).map((action) => `${name} ${action}`)
  })
  expect(stray).toEqual([])
})
