import { CheckAccessNotGrantedCommand, CheckNoNewAccessCommand } from '@aws-sdk/client-accessanalyzer'
import { expect, test } from 'vitest'
import { sandboxClients } from './sandbox-clients.ts'

type Statement = Readonly<Record<string, unknown>>

const allow = (Action: unknown, rest: object = {}): Statement => ({ Effect: 'Allow', Action, Resource: '*', ...rest })
const deny = (Action: unknown, rest: object = {}): Statement => ({ ...allow(Action, rest), Effect: 'Deny' })
const text = (...Statement: readonly Statement[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
const fromOffice = { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }

test.each<[string, string, string, 'PASS' | 'FAIL']>([
  ['the same', text(allow('s3:*')), text(allow('s3:*')), 'PASS'],
  ['fewer actions', text(allow('s3:*')), text(allow(['s3:GetObject', 's3:Put*'])), 'PASS'],
  ['another action', text(allow('s3:Get*')), text(allow('s3:PutObject')), 'FAIL'],
  ['a wider pattern', text(allow('s3:GetObject')), text(allow('s3:Get*')), 'FAIL'],
  ['one resource', text(allow('s3:*')), text(allow('s3:*', { Resource: 'arn:aws:s3:::a' })), 'PASS'],
  ['a further condition', text(allow('s3:*')), text(allow('s3:*', fromOffice)), 'PASS'],
  ['a condition less', text(allow('s3:*', fromOffice)), text(allow('s3:*')), 'FAIL'],
  ['a Deny more', text(allow('s3:*')), text(allow('s3:*'), deny('s3:PutObject')), 'PASS'],
  ['a Deny less', text(allow('s3:*'), deny('s3:PutObject')), text(allow('s3:*')), 'FAIL'],
  ['a Deny less that concerned nothing allowed now', text(allow('s3:*'), deny('s3:PutObject')), text(allow('s3:Get*')), 'PASS'],
  ['more, all of it denied', text(allow('s3:Get*')), text(allow('s3:Get*'), allow('ec2:*'), deny('ec2:*')), 'PASS'],
])('no new access: %s', async (_what, existingPolicyDocument, newPolicyDocument, expected) => {
  const { analyzer } = sandboxClients({ fixture: {} })
  const input = { existingPolicyDocument, newPolicyDocument, policyType: 'IDENTITY_POLICY' as const }
  const { result } = await analyzer.send(new CheckNoNewAccessCommand(input))
  expect(result).toBe(expected)
})

test('the statement that grants new access is named', async () => {
  const { analyzer } = sandboxClients({ fixture: {} })
  const check = await analyzer.send(
    new CheckNoNewAccessCommand({
      existingPolicyDocument: text(allow('s3:*')),
      newPolicyDocument: text(allow('s3:*'), allow('iam:PassRole', { Sid: 'Pass' })),
      policyType: 'IDENTITY_POLICY',
    }),
  )
  expect(check).toMatchObject({
    result: 'FAIL',
    message: 'The modified permissions grant new access compared to your existing policy.',
    reasons: [{ description: 'New access in the statement with index: 1.', statementIndex: 1, statementId: 'Pass' }],
  })
})

test('a principal more in a resource policy is new access', async () => {
  const { analyzer } = sandboxClients({ fixture: {} })
  const policy = (...AWS: string[]) => text({ ...allow('s3:GetObject'), Principal: { AWS } })
  const check = async (newPolicyDocument: string) =>
    (
      await analyzer.send(
        new CheckNoNewAccessCommand({ existingPolicyDocument: policy('1', '2'), newPolicyDocument, policyType: 'RESOURCE_POLICY' }),
      )
    ).result
  expect([await check(policy('2')), await check(policy('3')), await check(policy('*'))]).toEqual(['PASS', 'FAIL', 'FAIL'])
})

test.each<[string, string, { actions?: string[]; resources?: string[] }, 'PASS' | 'FAIL']>([
  ['another action', text(allow('s3:Get*')), { actions: ['s3:PutObject'] }, 'PASS'],
  ['an action by a pattern', text(allow('s3:P*')), { actions: ['s3:PutObject'] }, 'FAIL'],
  [
    'an action on another resource',
    text(allow('s3:*', { Resource: 'arn:aws:s3:::a' })),
    { actions: ['s3:PutObject'], resources: ['arn:aws:s3:::b'] },
    'PASS',
  ],
  ['a denied action', text(allow('s3:*'), deny('s3:PutObject')), { actions: ['s3:PutObject'] }, 'PASS'],
  ['all but the action', text({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), { actions: ['iam:CreateUser'] }, 'PASS'],
  ['all but another action', text({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), { actions: ['s3:PutObject'] }, 'FAIL'],
])('access not granted: %s', async (_what, policyDocument, access, expected) => {
  const { analyzer } = sandboxClients({ fixture: {} })
  const { result } = await analyzer.send(
    new CheckAccessNotGrantedCommand({ policyDocument, access: [access], policyType: 'IDENTITY_POLICY' }),
  )
  expect(result).toBe(expected)
})
