import { expect, test } from 'vitest'
import { compilePolicy, denialMessage, evaluateRequest, type PolicyLayers } from '../../../src/policy/evaluate/index.ts'
import { documentOf, policyOf, request, sourceOf } from './policies.ts'

const everything = policyOf('everything', {})
const nothing = policyOf('nothing')
const deny = policyOf('deny', {}, { Effect: 'Deny' })
const managedDeny = compilePolicy(sourceOf('stop', 'arn:aws:iam::123456789012:policy/stop'), documentOf([{ Effect: 'Deny' }]))
const user = 'User: arn:aws:iam::123456789012:role/web is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::a'

test.each<[PolicyLayers, string | null]>([
  [{ identity: [everything] }, null],
  [{ identity: [] }, `${user} because no identity-based policy allows the s3:GetObject action`],
  [{ identity: [everything], boundary: nothing }, `${user} because no permissions boundary allows the s3:GetObject action`],
  [{ identity: [everything], session: [nothing] }, `${user} because no session policy allows the s3:GetObject action`],
  [{ identity: [deny] }, `${user} with an explicit deny in an identity-based policy`],
  [{ identity: [everything], boundary: deny }, `${user} with an explicit deny in a permissions boundary`],
  [{ identity: [everything], session: [deny] }, `${user} with an explicit deny in a session policy`],
  [
    { identity: [everything, managedDeny] },
    `${user} with an explicit deny in an identity-based policy: arn:aws:iam::123456789012:policy/stop`,
  ],
])('a refusal reads as AWS writes it: %#', (policies, message) => {
  const asked = request('s3:GetObject', 'arn:aws:s3:::a')
  expect(denialMessage(asked, evaluateRequest(policies, asked))).toBe(message)
})

test('a request without a principal is anonymous', () => {
  const { principal: _, ...asked } = request('s3:GetObject', 'arn:aws:s3:::a')
  expect(denialMessage(asked, evaluateRequest({ identity: [] }, asked))).toMatch(/^User: anonymous is not/)
})
