import { CheckNoPublicAccessCommand } from '@aws-sdk/client-accessanalyzer'
import { expect, test } from 'vitest'
import { sandboxClients } from './sandbox-clients.ts'

const check = (policyDocument: string, resourceType: 'AWS::S3::Bucket' | 'AWS::IAM::AssumeRolePolicyDocument' = 'AWS::S3::Bucket') =>
  sandboxClients({ fixture: {} }).analyzer.send(new CheckNoPublicAccessCommand({ policyDocument, resourceType }))

const policy = (...statements: readonly object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((one) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*', ...one })),
  })

const bound = (operator: string, key: string, value: string | readonly string[]) => ({
  Principal: '*',
  Condition: { [operator]: { [key]: value } },
})

test.each<[says: string, statement: object, result: 'PASS' | 'FAIL']>([
  ['everybody', { Principal: '*' }, 'FAIL'],
  ['everybody, in the other spelling', { Principal: { AWS: '*' } }, 'FAIL'],
  ['all but one', { NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } }, 'FAIL'],
  ['one account', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, 'PASS'],
  ['a service', { Principal: { Service: 'cloudtrail.amazonaws.com' } }, 'PASS'],
  ['nobody', { Effect: 'Deny', Principal: '*' }, 'PASS'],
  ['the organisation', bound('StringEquals', 'aws:PrincipalOrgID', 'o-a1b2c3'), 'PASS'],
  ['any organisation', bound('StringLike', 'aws:PrincipalOrgID', '*'), 'FAIL'],
  ['a network', bound('IpAddress', 'aws:SourceIp', '203.0.113.0/24'), 'PASS'],
  ['every network', bound('IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '0.0.0.0/0']), 'FAIL'],
  ['a role of one account', bound('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/*'), 'PASS'],
  ['a role of any account', bound('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/app'), 'FAIL'],
  ['a bucket that sends', bound('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::incoming'), 'PASS'],
  ['whoever names no account', bound('StringEqualsIfExists', 'aws:PrincipalAccount', '111122223333'), 'FAIL'],
  ['whoever knows a referer', bound('StringLike', 'aws:Referer', 'https://example.com/*'), 'FAIL'],
])('no public access: %s', async (_says, statement, result) => {
  expect((await check(policy(statement))).result).toBe(result)
})

test('the reasons name the statements', async () => {
  const { reasons } = await check(policy({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, { Sid: 'Open', Principal: '*' }))
  expect(reasons).toMatchObject([{ statementIndex: 1, statementId: 'Open' }])
})

test('a document without statements is refused', async () => {
  await expect(check('{"Version":"2012-10-17"}')).rejects.toMatchObject({ name: 'InvalidParameterException' })
})
