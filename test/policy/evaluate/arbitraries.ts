import fc from 'fast-check'
import type { PolicyDocument } from '../../../src/policy/document.ts'
import { compilePolicy, type PolicyLayers } from '../../../src/policy/evaluate/index.ts'
import { conditionOperators } from '../../../src/policy/evaluate/operators.ts'
import { type Context, type DocumentVersion, documentOf, request, sourceOf, type WrittenStatement } from './policies.ts'

const listOf = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 })
const actionPattern = fc.constantFrom(
  '*',
  's3:*',
  's3:Get*',
  's3:get*',
  's3:GetObject',
  's3:?etObject',
  's3:*Object',
  'ec2:*',
  'ec2:Run*',
  'ec2:RunInstances',
)
const resourcePattern = fc.constantFrom(
  '*',
  'arn:aws:s3:::a',
  'arn:aws:s3:::a*',
  'arn:aws:s3:::a/*',
  'arn:aws:s3:::?/*',
  'arn:aws:s3:::*/x',
  `arn:aws:s3:::a/\${aws:username}`,
  `arn:aws:s3:::a/\${aws:username}*`,
  `arn:aws:s3:::a/\${aws:username}/*`,
  `arn:aws:s3:::a/\${aws:username, 'x'}`,
  `arn:aws:s3:::a/\${*}`,
  'arn:aws:*:*:1:instance/*',
  'arn:aws:ec2:r:1:instance/i',
)
const operatorName = fc
  .tuple(
    fc.constantFrom('', '', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom(...conditionOperators.map(({ name }) => name)),
    fc.constantFrom('', '', 'IfExists'),
  )
  .map(([prefix, name, suffix]) => (name === 'Null' ? name : `${prefix}${name}${suffix}`))
const conditionValue = fc.constantFrom(
  'a',
  'A',
  'a*',
  `\${aws:username}`,
  '5',
  '2026-01-01',
  'true',
  'false',
  '10.0.0.0/8',
  'arn:aws:s3:::a*',
)
const condition = fc.dictionary(operatorName, fc.dictionary(fc.constantFrom('t:K', 'T:k', 't:L'), listOf(conditionValue), { maxKeys: 2 }), {
  maxKeys: 2,
})

export const statement = (effect: fc.Arbitrary<string>): fc.Arbitrary<WrittenStatement> =>
  fc
    .tuple(
      effect,
      fc.constantFrom('Action', 'Action', 'NotAction'),
      listOf(actionPattern),
      fc.constantFrom('Resource', 'Resource', 'NotResource'),
      listOf(resourcePattern),
      fc.option(condition),
    )
    .map(([Effect, action, actions, resource, resources, Condition]) => ({
      Effect,
      [action]: actions,
      [resource]: resources,
      ...(Condition === null ? {} : { Condition }),
    }))
const anyStatement = statement(fc.constantFrom('Allow', 'Allow', 'Deny'))
export const version = fc.constantFrom<DocumentVersion>('2012-10-17', '2012-10-17', '2008-10-17')
export const document = fc.tuple(fc.array(anyStatement, { maxLength: 4 }), version).map(([statements, of]) => documentOf(statements, of))

const contextValues = fc.array(fc.constantFrom('a', 'A', 'ab', '', '5', '7', '2026-01-01', 'true', '10.1.2.3', 'arn:aws:s3:::ab'), {
  maxLength: 3,
})
const context: fc.Arbitrary<Context> = fc.dictionary(fc.constantFrom('t:k', 't:L', 'aws:username'), contextValues, { maxKeys: 3 })
export const asked = fc
  .tuple(
    fc.constantFrom('s3:GetObject', 's3:PutObject', 'S3:GETOBJECT', 'ec2:RunInstances', 'iam:PassRole'),
    fc.constantFrom(
      '*',
      'arn:aws:s3:::a',
      'arn:aws:s3:::a/x',
      'arn:aws:s3:::a/a',
      'arn:aws:s3:::a/ab/x',
      'arn:aws:s3:::a/*',
      'arn:aws:s3:::b/x',
      'arn:aws:ec2:r:1:instance/i',
    ),
    context,
  )
  .map(([action, resource, values]) => request(action, resource, values))

export const compiled = (of: PolicyDocument) => compilePolicy(sourceOf('p'), of)
export const layers: fc.Arbitrary<PolicyLayers> = fc
  .tuple(fc.array(document, { maxLength: 3 }), fc.option(document), fc.array(document, { maxLength: 2 }))
  .map(([identity, boundary, session]) => ({
    identity: identity.map(compiled),
    boundary: boundary === null ? null : compiled(boundary),
    session: session.map(compiled),
  }))

export const manyRuns = { numRuns: 1500 }
