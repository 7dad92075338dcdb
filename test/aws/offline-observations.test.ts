import { expect, it, test } from 'vitest'
import { observationsOf, offlineObservations } from '../../src/aws/offline-observations.ts'
import { usageFile } from '../../src/aws/parse-usage.ts'
import { accountWith, roleArn } from './support/accounts.ts'

const from = (usage: object) => observationsOf(usageFile.parse(usage), accountWith('web'))
const period = { from: new Date(0), to: new Date(1) }

test.each(['credentials', 'externalAccess', 'calls', 'analyzers', 'trails'] as const)(
  'without a usage file, %s are missing',
  async (id) => {
    const observed = await offlineObservations(null).readObservations(accountWith('web'), period)
    expect(observed[id]).toMatchObject({ status: 'missing', why: 'no --usage-file was given', value: [] })
  },
)

test.each(['credentials', 'externalAccess', 'calls', 'analyzers', 'trails'] as const)(
  'an empty usage file leaves %s missing, and says so',
  (id) => {
    expect(from({})[id].status).toBe('missing')
    expect(from({})[id].why).toMatch(/usage file/)
  },
)

it('reads the credential report', () => {
  const csv = 'user,arn,password_enabled,mfa_active\nalice,arn:aws:iam::111122223333:user/alice,true,false\n'
  expect(from({ credentialReport: csv }).credentials).toMatchObject({ status: 'connected', value: [{ userName: 'alice', hasMfa: false }] })
  const saved = { Content: Buffer.from(csv).toString('base64'), ReportFormat: 'text/csv' }
  expect(from({ credentialReport: saved }).credentials.value).toMatchObject([{ userName: 'alice' }])
  expect(from({ credentialReport: { Content: 'eA==' } }).credentials.why).toBe('credentialReport is no CSV of a credential report')
})

it('reads findings on external access among the others', () => {
  const details = [{ externalAccessDetails: { isPublic: true, action: ['s3:GetObject'], principal: { AWS: '*' }, condition: {} } }]
  const finding = {
    id: 'f',
    findingType: 'ExternalAccess',
    status: 'ACTIVE',
    resource: 'arn:aws:s3:::b',
    resourceType: 'AWS::S3::Bucket',
    findingDetails: details,
  }
  const over = { ...finding, id: 'g', status: 'RESOLVED' }
  const unused = {
    id: 'h',
    findingType: 'UnusedIAMRole',
    status: 'ACTIVE',
    resource: roleArn('web'),
    findingDetails: [{ unusedIamRoleDetails: {} }],
  }
  expect(from({ accessAnalyzerFindings: [finding, over, unused] }).externalAccess.value).toMatchObject([
    { id: 'f', isPublic: true, complete: true },
  ])
})

it('shows a finding whose details it does not understand as one that it could not read', () => {
  const finding = { id: 'f', findingType: 'ExternalAccess', status: 'ACTIVE', resource: 'arn:aws:s3:::b', resourceType: 'AWS::S3::Bucket' }
  const usage = { accessAnalyzerFindings: [{ ...finding, findingDetails: [{ externalAccessDetails: { principal: ['*'], action: 7 } }] }] }
  expect(from(usage).externalAccess.value).toMatchObject([{ id: 'f', complete: false }])
})

it('counts the saved calls of the account’s roles, as a sample', () => {
  const call = (arn: string) => ({
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    eventTime: '2024-03-01T00:00:00Z',
    userIdentity: { sessionContext: { sessionIssuer: { arn } } },
  })
  const { calls } = from({ cloudTrailEvents: [call(roleArn('web')), call(roleArn('web')), call(roleArn('other'))] })
  expect(calls).toMatchObject({ status: 'partial', value: [{ roleArn: roleArn('web'), calls: 2 }] })
})

it('reads analyzers as GetAnalyzer and ListAnalyzers give them', () => {
  const arn = 'arn:aws:access-analyzer:eu-west-1:111122223333:analyzer/'
  const analyzers = [
    { analyzer: { arn: `${arn}unused`, type: 'ACCOUNT_UNUSED_ACCESS', configuration: { unusedAccess: { unusedAccessAge: 60 } } } },
    { arn: `${arn}outside`, type: 'ACCOUNT' },
  ]
  expect(
    from({ analyzers }).analyzers.value.map(({ name, region, watches, unusedAccessAge }) => [name, region, watches, unusedAccessAge]),
  ).toEqual([
    ['unused', 'eu-west-1', 'unused-access', 60],
    ['outside', 'eu-west-1', 'external-access', null],
  ])
})
