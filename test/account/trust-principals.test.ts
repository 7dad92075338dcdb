import { expect, test } from 'vitest'
import { trustNames } from '../../src/account/trust-principals.ts'

const trusting = (...statements: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const role = 'arn:aws:iam::123456789012:role/team/ci'
const session = 'arn:aws:sts::123456789012:assumed-role/ci/me'

test.each([
  [
    'services, accounts and everybody',
    trusting({ Principal: { Service: 'ec2.amazonaws.com', AWS: ['123456789012', '*'] } }, { Principal: '*' }),
    {},
  ],
  ['the root of an account', trusting({ Principal: { AWS: 'arn:aws-cn:iam::123456789012:root' } }), {}],
  ['providers', trusting({ Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/x' } }), {}],
  ['roles and users', trusting({ Principal: { AWS: [role] } }), { principals: [role] }],
  ['who is gone', trusting({ Principal: { AWS: 'AROAEXAMPLEID1234567' } }), { ids: ['AROAEXAMPLEID1234567'] }],
  ['users who are gone', trusting({ Principal: { AWS: ['AIDAEXAMPLEID1234567', '*'] } }), { ids: ['AIDAEXAMPLEID1234567'] }],
  ['sessions', trusting({ Principal: { AWS: session } }), { strange: [session] }],
  ['all but somebody', trusting({ NotPrincipal: { AWS: role } }), { strange: ['NotPrincipal'] }],
  ['a text that is none', 'no json', { readable: false }],
  ['statements that are none', '{"Statement":["x"]}', { readable: false }],
])('a trust policy names %s', (_, text, names) => {
  expect(trustNames(text)).toEqual({ readable: true, ids: [], principals: [], strange: [], ...names })
})
