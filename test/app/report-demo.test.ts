/** The demo account's report, held against the published example: nothing of it is stored, everything is computed. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createUseCases } from '../../src/app/create-use-cases.ts'
import { createAccountReader } from '../../src/aws/account-reader.ts'
import { createAwsClients } from '../../src/aws/clients.ts'
import { createEvidenceReader } from '../../src/aws/evidence-reader.ts'
import { createLiveReader } from '../../src/aws/live-reader.ts'
import { createObservationReader } from '../../src/aws/observation-reader.ts'
import { createCalledActions } from '../../src/evidence/called-actions.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { loadCatalog } from '../../src/policy/catalog.ts'
import { renderReport } from '../../src/report/render/render-report.ts'
import type { StatusReport } from '../../src/report/status-report.ts'
import { openSandbox } from '../../src/sandbox/index.ts'
import { granted } from '../support/test-account.ts'

const NOW = new Date('2024-04-01T10:30:00Z')
const WRITES = /^(Put|Delete|Create|Attach|Detach|Set|Update|Tag|Untag)/
const dataDir = mkdtempSync(join(tmpdir(), 'zt-tui-report-'))
let report: StatusReport
let operations: readonly string[]

beforeAll(async () => {
  const sandbox = openSandbox({ database: ':memory:', now: () => NOW })
  const credentials = { accessKeyId: 'AKIADEMODEMODEMODEMO', secretAccessKey: 'demo' }
  const clients = createAwsClients({ region: 'us-east-1', credentials, requestHandler: sandbox.requestHandler })
  const catalog = loadCatalog()
  const live = createLiveReader(clients)
  const useCases = createUseCases({
    mode: 'demo',
    accountKey: 'demo',
    accountLabel: 'demo',
    dataDir,
    window: 90,
    minAge: 90,
    settleMs: 0,
    lockWaitMs: 0,
    clock: { now: () => NOW, sleep: async () => {} },
    catalog,
    ledger: openLedger({ dataDir, restoreOut: null }),
    accounts: createAccountReader(clients),
    evidence: createEvidenceReader(clients, { calledActions: createCalledActions(catalog), now: () => NOW }),
    observations: createObservationReader(clients),
    denials: null,
    advice: null,
    soakMs: 0,
    live,
    writer: null,
    caller: await live.caller(),
    guardLists: () => ({ lists: { protectedRoles: [], crownJewels: [], changeWindows: [], rehearsal: [] }, problem: null }),
    infrastructure: new Map(),
    newId: () => 's-1',
  })
  report = granted(await useCases.report())
  operations = sandbox.callLog.map(({ operation }) => operation)
  useCases.close()
  clients.destroy()
  sandbox.close()
}, 120_000)

afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

test('the period is whole days, the last one yesterday', () => {
  expect(report.meta.period).toEqual({
    from: '2024-01-01T00:00:00.000Z',
    to: '2024-03-31T23:59:59.999Z',
    days: 90,
    window: { from: '2024-01-02T10:30:00.000Z', to: '2024-04-01T10:30:00.000Z' },
  })
  expect(renderReport(report, 'md', 'en')).toContain('2024-01-01 to 2024-03-31 (90 days)')
})

test('the statistics are those of the example', () => {
  const { users, roles, customerManagedPolicies, awsManagedAttachments, overPermissiveRoles, zombiePermissions } = report.statistics
  expect([users, roles, customerManagedPolicies, awsManagedAttachments, overPermissiveRoles, zombiePermissions]).toEqual([
    { count: 47, level: 'medium' },
    { count: 128, level: 'high' },
    { count: 23, level: 'medium' },
    { count: 89, level: 'low' },
    { count: 15, level: 'high' },
    { count: 31, level: 'medium-high' },
  ])
})

test.each([
  ['legacy-admin-role', ['AdministratorAccess'], 95, 'critical'],
  ['ec2-backup-service', ['PowerUserAccess'], 87, 'high'],
  ['data-processing-role', ['AmazonS3FullAccess', 'AmazonEC2FullAccess'], 78, 'high'],
])('%s has more than it needs', (roleName, policies, percent, grade) => {
  const found = report.findings.overPermissive.find((role) => role.roleName === roleName)
  expect([found?.policies, Math.round(found?.unusedPercent ?? 0), found?.grade]).toEqual([policies, percent, grade])
})

test.each([
  ['web-app-role', ['s3:DeleteBucket', 'ec2:TerminateInstances', 'rds:DeleteDBInstance'], 'resources'],
  ['analytics-worker', ['iam:CreateRole', 'iam:AttachRolePolicy'], 'escalation'],
])('%s never used what could do harm', (roleName, actions, impact) => {
  expect(report.findings.zombies.find((role) => role.roleName === roleName)).toMatchObject({ actions, lastUsed: null, impacts: [impact] })
})

test('what outsiders reach is told, with what to do', () => {
  const told = report.findings.externalAccess.map(({ resourceType, resource, risk, urgency }) => [
    resourceType,
    resource.split(':').at(-1),
    risk,
    urgency,
  ])
  expect(told).toEqual([
    ['AWS::Lambda::Function', 'data-export-function', 'anyone-uses', 'at-once'],
    ['AWS::S3::Bucket', 'company-logs-backup', 'anyone-reads', 'at-once'],
    ['AWS::SQS::Queue', 'legacy-notification-queue', 'outsiders-write', 'soon'],
  ])
})

test('the most and the least active roles are those of the example', () => {
  const { mostActive, leastUsed } = report.usage
  expect(mostActive.slice(0, 3).map(({ roleName, calls }) => [roleName, calls])).toEqual([
    ['web-server-role', 1_247_389],
    ['api-gateway-role', 892_456],
    ['batch-processing-role', 234_567],
  ])
  expect(leastUsed.slice(0, 3).map(({ roleName, calls, advice }) => [roleName, calls, advice])).toEqual([
    ['legacy-migration-role', 0, 'remove'],
    ['temp-consultant-access', 3, 'review'],
    ['old-monitoring-role', 12, 'merge'],
  ])
})

test('every source is connected', () => {
  expect(report.settings.sources.filter(({ status }) => status !== 'connected')).toEqual([])
  expect(report.findings.usersWithoutMfa.length).toBeGreaterThan(0)
  expect(report.findings.unusedAccessKeys.length).toBeGreaterThan(0)
})

test('the analyzer and the trail are told', () => {
  const { analyzers, trails } = report.settings
  expect(analyzers).toContainEqual(expect.objectContaining({ name: 'zero-trust-analyzer', watches: 'unused-access', unusedAccessAge: 90 }))
  expect(trails).toMatchObject([
    { name: 'management-events-trail', isLogging: true, storedIn: 's3://audit-logs-bucket/cloudtrail/', hasInsights: true },
  ])
})

test('a report writes nothing to the account', () => {
  expect(operations.filter((operation) => WRITES.test(operation))).toEqual([])
})

test.each(['en', 'ja'] as const)('it reads well in %s', (lang) => {
  const markdown = renderReport(report, 'md', lang)
  expect(markdown.match(/^## .*/gm)?.map((title) => title.slice(3, 5))).toEqual(['1.', '2.', '3.', '4.', '5.', '6.', '7.'])
  const page = renderReport(report, 'html', lang).replace(/<script>.*?<\/script>/s, '')
  expect([markdown, page].map((text) => /undefined|NaN|\[object/.exec(text)?.[0] ?? null)).toEqual([null, null])
})
