import fc from 'fast-check'
import type { Universe } from '../../src/policy/universe.ts'
import type { RawPolicy, RawStatement } from './evaluator.ts'
import { type RoleBuilder, role } from './role-builder.ts'

/** Patterns that speak of the universe's actions: names, beginnings, and the odd ones. */
export const patternIn = ({ names }: Universe): fc.Arbitrary<string> => {
  const name = fc.constantFrom(...names)
  return fc.oneof(
    { weight: 4, arbitrary: name },
    {
      weight: 3,
      arbitrary: fc
        .tuple(name, fc.nat(14))
        .map(([action, cut]) => `${action.slice(0, Math.max(action.indexOf(':') + 1, action.length - cut))}*`),
    },
    { weight: 1, arbitrary: fc.constantFrom('*', '*', 's3:*', 's3:*Object', 'S3:?etObject*', 'newservice:*', 'kms:*', 'ec2:*Tags') },
  )
}

const resources = ['*', 'arn:aws:s3:::a/*', 'arn:aws:s3:::a/b', `arn:aws:s3:::home/\${aws:username}/*`]
const conditions: readonly RawStatement['Condition'][] = [
  undefined,
  undefined,
  undefined,
  { StringEquals: { 'aws:one': 'x' } },
  { StringEquals: { 'aws:one': 'x' }, Null: { 'aws:two': 'true' } },
]

const statementIn = (universe: Universe): fc.Arbitrary<RawStatement> =>
  fc
    .record({
      Effect: fc.constantFrom<'Allow' | 'Deny'>('Allow', 'Allow', 'Allow', 'Allow', 'Deny'),
      kind: fc.constantFrom('Action', 'Action', 'Action', 'Action', 'NotAction'),
      patterns: fc.oneof(patternIn(universe), fc.array(patternIn(universe), { minLength: 1, maxLength: 5 })),
      resourceKind: fc.constantFrom('Resource', 'Resource', 'Resource', 'Resource', 'NotResource'),
      named: fc.oneof(fc.constantFrom(...resources), fc.subarray(resources, { minLength: 1 })),
      Condition: fc.constantFrom(...conditions),
      Sid: fc.constantFrom(undefined, 'One'),
    })
    .map(({ kind, patterns, resourceKind, named, Sid, Condition, ...rest }) => ({
      ...(Sid === undefined ? {} : { Sid }),
      ...rest,
      [kind]: patterns,
      [resourceKind]: named,
      ...(Condition === undefined ? {} : { Condition }),
    }))

const documentIn = (universe: Universe): fc.Arbitrary<RawPolicy | string> =>
  fc
    .record({
      Version: fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17'),
      Statement: fc.oneof(statementIn(universe), fc.array(statementIn(universe), { minLength: 1, maxLength: 3 })),
      indent: fc.constantFrom(undefined, undefined, 2),
    })
    .map(({ indent, ...document }) => JSON.stringify(document, null, indent))

type Step = (builder: RoleBuilder) => RoleBuilder

/** Roles of all shapes: inline, sole and shared managed policies, policies of AWS, at most one of each name. */
export const roleIn = (universe: Universe): fc.Arbitrary<RoleBuilder> => {
  const document = documentIn(universe)
  const step = fc.oneof(
    fc.tuple(fc.constantFrom('main', 'second', 'zt-team'), document).map(
      ([name, text]): Step =>
        (builder) =>
          builder.hasInline(name, text),
    ),
    fc.tuple(document, fc.array(document, { maxLength: 4 })).map(
      ([text, earlier]): Step =>
        (builder) =>
          once(builder, 'team', (b) => b.hasManaged('team', text, { earlier })),
    ),
    document.map(
      (text): Step =>
        (builder) =>
          once(builder, 'shared', (b) => b.hasManaged('shared', text, { attachedTo: 3 })),
    ),
    document.map(
      (text): Step =>
        (builder) =>
          once(builder, 'AwsThing', (b) => b.hasAwsManaged('AwsThing', text)),
    ),
    document.map(
      (text): Step =>
        (builder) =>
          once(builder, 'web-app-old-1-abcdef', (b) => b.hasManaged('web-app-old-1-abcdef', text, { path: '/zt-tui/' })),
    ),
  )
  return fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => steps.reduce((builder, apply) => apply(builder), role()))
}

const once = (builder: RoleBuilder, name: string, apply: Step): RoleBuilder =>
  builder.state.attached.some((policy) => policy.name === name) ? builder : apply(builder)
