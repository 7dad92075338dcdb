import { describe, expect, it } from 'vitest'
import { readTrust, type TrustedPrincipal } from '../../src/account/trust.ts'

const trust = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements.map((one) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...one })) })

const only = (statement: object): TrustedPrincipal | undefined => readTrust(trust(statement)).principals[0]

const GITHUB = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'
const SUB = 'token.actions.githubusercontent.com:sub'

describe('who can take a role', () => {
  it.each<[principal: unknown, kind: TrustedPrincipal['kind'], who: string]>([
    ['*', 'anyone', '*'],
    [{ AWS: '*' }, 'anyone', '*'],
    [{ AWS: '111122223333' }, 'account', '111122223333'],
    [{ AWS: 'arn:aws:iam::111122223333:root' }, 'account', '111122223333'],
    [{ AWS: ['arn:aws-cn:iam::111122223333:role/x'] }, 'account', '111122223333'],
    [{ AWS: 'AROAEXAMPLE' }, 'account', 'AROAEXAMPLE'],
    [{ Service: 'ec2.amazonaws.com' }, 'service', 'ec2.amazonaws.com'],
    [{ Federated: GITHUB }, 'web-identity', GITHUB],
    [{ Federated: 'cognito-identity.amazonaws.com' }, 'web-identity', 'cognito-identity.amazonaws.com'],
    [{ Federated: 'arn:aws:iam::123456789012:saml-provider/corp' }, 'saml', 'arn:aws:iam::123456789012:saml-provider/corp'],
  ])('%j is %s %s', (Principal, kind, who) => {
    expect(only({ Principal })).toMatchObject({ kind, who, conditional: false, hasExternalId: false })
  })

  it('NotPrincipal is anyone, and a Deny trusts nobody', () => {
    expect(only({ NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } })).toMatchObject({ kind: 'anyone' })
    expect(readTrust(trust({ Effect: 'Deny', Principal: '*' })).principals).toEqual([])
  })

  it.each(['', 'nonsense', '[]', '{}', '{"Statement":[]}', 'null'])('%j is not readable', (text) => {
    expect(readTrust(text).readable).toBe(false)
  })

  it.each<[condition: object, hasExternalId: boolean]>([
    [{ StringEquals: { 'sts:ExternalId': 'x' } }, true],
    [{ stringlike: { 'STS:externalid': ['x'] } }, true],
    [{ StringLike: { 'sts:ExternalId': '*' } }, false],
    [{ StringNotEquals: { 'sts:ExternalId': 'x' } }, false],
    [{ StringEqualsIfExists: { 'sts:ExternalId': 'x' } }, false],
    [{ 'ForAllValues:StringEquals': { 'sts:ExternalId': 'x' } }, false],
    [{ Null: { 'sts:ExternalId': 'false' } }, false],
    [{ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, false],
  ])('%j asks for an external id: %s', (Condition, hasExternalId) => {
    expect(only({ Principal: { AWS: '111122223333' }, Condition })).toMatchObject({ hasExternalId, conditional: true })
  })

  it.each<[condition: object | undefined, subject: TrustedPrincipal['subject']]>([
    [undefined, 'missing'],
    [{ StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }, 'missing'],
    [{ StringLike: { [SUB]: '*' } }, 'wildcard'],
    [{ StringLike: { [SUB]: 'repo:*' } }, 'wildcard'],
    [{ StringLike: { [SUB]: ['repo:org/app:*', 'repo:*/app:ref:refs/heads/main'] } }, 'wildcard'],
    [{ StringLike: { [SUB]: 'repo:org/app:*' } }, 'exact'],
    [{ StringEquals: { [SUB]: 'repo:org/app:ref:refs/heads/main' } }, 'exact'],
    [{ StringNotEquals: { [SUB]: 'repo:org/app:ref:refs/heads/main' } }, 'missing'],
    [{ Null: { [SUB]: 'false' } }, 'missing'],
    [{ StringEquals: { [SUB]: 'repo:org/app:x' }, StringLike: { [SUB]: '*' } }, 'exact'],
    [{ StringLike: { [SUB]: '*' }, StringEquals: { [SUB]: 'repo:org/app:x' } }, 'exact'],
  ])('the subject in %j is %s', (Condition, subject) => {
    expect(only({ Principal: { Federated: GITHUB }, Condition })?.subject).toBe(subject)
  })
})
