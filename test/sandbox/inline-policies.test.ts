import { DeleteRolePolicyCommand, GetRolePolicyCommand, ListRolePoliciesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { allowText, oneRole } from './sandbox-clients.ts'

const put = (PolicyName: string, PolicyDocument: string, RoleName = 'app') =>
  new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })

test('writing over another spelling of a name replaces the policy and keeps the first spelling', async () => {
  const { iam } = oneRole()
  await iam.send(put('MixedName', allowText('s3:GetObject')))
  await iam.send(put('mixedname', allowText('s3:PutObject')))
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName: 'APP' }))).PolicyNames).toEqual(['MixedName'])
  const read = await iam.send(new GetRolePolicyCommand({ RoleName: 'app', PolicyName: 'MIXEDNAME' }))
  expect(read).toMatchObject({ RoleName: 'app', PolicyName: 'MixedName' })
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(allowText('s3:PutObject'))
})

/** A document of exactly so many characters that count. */
function ofSize(size: number): string {
  const frame = allowText('s3:GetObject').replace('"*"', '"arn:aws:s3:::"')
  return frame.replace(':::"', `:::${'x'.repeat(size - frame.length)}"`)
}

test('all inline policies together have 10,240 characters, white space not counted', async () => {
  const { iam } = oneRole({ inline: { other: ofSize(6_000) } })
  await iam.send(put('big', ofSize(4_240)))
  await iam.send(put('big', ofSize(4_240).replaceAll(',', ',\n\t ')))
  const tooBig = { name: 'LimitExceededException', message: 'Maximum policy size of 10240 bytes exceeded for role app' }
  await expect(iam.send(put('big', ofSize(4_241)))).rejects.toMatchObject(tooBig)
  const read = await iam.send(new GetRolePolicyCommand({ RoleName: 'app', PolicyName: 'big' }))
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toContain('\n\t ')
})

const statement = (fields: string) => `{"Version":"2012-10-17","Statement":[{${fields}}]}`
const good = '"Effect":"Allow","Action":"s3:GetObject","Resource":"*"'

test.each([
  ['no JSON', 'nonsense', 'Syntax errors in policy.'],
  ['no statement', '{"Version":"2012-10-17","Statement":[]}', 'Syntax errors in policy.'],
  ['an unknown version', '{"Version":"2012-10-18","Statement":[]}', 'Syntax errors in policy.'],
  ['an unknown element', statement(`${good},"Foo":1`), 'Syntax errors in policy.'],
  ['a key given twice', statement(`${good},"Effect":"Deny"`), 'Syntax errors in policy.'],
  ['an unknown condition operator', statement(`${good},"Condition":{"StringSame":{"a":"b"}}`), 'Syntax errors in policy.'],
  ['a principal', statement(`${good},"Principal":"*"`), 'Policy document should not specify a principal.'],
  ['no action', statement('"Effect":"Allow","Resource":"*"'), 'Policy statement must contain actions.'],
  ['an empty list of actions', statement('"Effect":"Allow","Action":[],"Resource":"*"'), 'Policy statement must contain actions.'],
  ['no resource', statement('"Effect":"Allow","Action":"s3:GetObject"'), 'Policy statement must contain resources.'],
  [
    'an action without service',
    statement('"Effect":"Allow","Action":"Get","Resource":"*"'),
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  ],
  ['a wildcard service', statement('"Effect":"Allow","Action":"*:Tag*","Resource":"*"'), 'Action vendors (*) must not contain wildcards.'],
  [
    'a resource that is no ARN',
    statement('"Effect":"Allow","Action":"s3:*","Resource":"bucket"'),
    'Resource bucket must be in ARN format or "*".',
  ],
  [
    'a Region in an S3 ARN',
    statement('"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:us-east-1::b"'),
    'Resource arn:aws:s3:us-east-1::b can not contain region information.',
  ],
  [
    'a Sid with a space',
    statement(`"Sid":"a b",${good}`),
    'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
  ],
  [
    'a Sid twice',
    `{"Version":"2012-10-17","Statement":[{"Sid":"a",${good}},{"Sid":"a",${good}}]}`,
    'Statement IDs (SID) in a single policy must be unique.',
  ],
])('a document with %s is malformed', async (_what, document, message) => {
  const { iam } = oneRole()
  await expect(iam.send(put('p', document))).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException', message })
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName: 'app' }))).PolicyNames).toEqual([])
})

test.each([
  ['an older version', `{"Version":"2008-10-17","Statement":{${good}}}`],
  ['NotAction and NotResource', statement('"Effect":"Allow","NotAction":["iam:*"],"NotResource":"arn:aws:s3:::b/*"')],
  ['a policy variable', statement('"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/$'.concat('{aws:username}/*"'))],
  ['C1 control characters', statement('"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::\u009b31m"')],
  [
    'an access point in a Region',
    statement('"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:us-east-1:123456789012:accesspoint/a"'),
  ],
])('a document with %s is taken', async (_what, document) => {
  const { iam } = oneRole()
  await iam.send(put('p', document))
  const read = await iam.send(new GetRolePolicyCommand({ RoleName: 'app', PolicyName: 'p' }))
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(document)
})

test('characters past U+00FF never reach the policy parser', async () => {
  const { iam } = oneRole()
  const smartQuote = allowText('s3:GetObject').replace('"*"', '"arn:aws:s3:::\u2019"')
  await expect(iam.send(put('p', smartQuote))).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'The specified value for policyDocument is invalid. It must contain only printable ASCII characters.',
  })
})

test.each([
  ['a name with a space', put('a b', allowText('s3:*')), 'ValidationError'],
  ['a name of 129 characters', put('x'.repeat(129), allowText('s3:*')), 'ValidationError'],
  ['a role that nobody has', put('p', allowText('s3:*'), 'nobody'), 'NoSuchEntityException'],
])('%s is refused', async (_what, command, name) => {
  const { iam } = oneRole()
  await expect(iam.send(command)).rejects.toMatchObject({ name })
})

test('deleting a policy twice is an error the second time', async () => {
  const { iam } = oneRole({ inline: { p: allowText('s3:*') } })
  await iam.send(new DeleteRolePolicyCommand({ RoleName: 'app', PolicyName: 'P' }))
  const again = iam.send(new DeleteRolePolicyCommand({ RoleName: 'app', PolicyName: 'p' }))
  await expect(again).rejects.toMatchObject({ name: 'NoSuchEntityException', message: 'The role policy with name p cannot be found.' })
})
