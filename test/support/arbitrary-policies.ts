/**
 * Random policies over a small world: few letters, so that patterns often contain each other, and requests that are made from
 * the patterns themselves, so that they hit.
 */
import fc from 'fast-check'
import type { RawPolicy, RawStatement, Request } from './evaluator.ts'

const oneOrMany = <T>(item: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T | T[]> =>
  fc.oneof(item, fc.array(item, { minLength: 1, maxLength }))

export const actionPattern: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constant('*') },
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.constantFrom('s3', 'S3', 'sqs'),
        fc.array(fc.constantFrom('Get', 'get', 'Put', 'A', '*', '?'), { minLength: 1, maxLength: 4 }),
      )
      .map(([service, pieces]) => `${service}:${pieces.join('')}`),
  },
)

const resourcePieces = ['a', 'b', 'A', '*', '?', '/', ':', '*user*', '$*', `\${aws:username}`, `\${aws:username}`, `\${*}`, `\${`, '}']
const resourceHeads = ['', 'arn:aws:s3:::', 'arn:aws:s3:*:*:', 'arn:*:', 'arn:aws:sqs:eu:1:', 'arn:aws:s?:::']

export const resourcePattern: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constant('*') },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom(...resourceHeads), fc.array(fc.constantFrom(...resourcePieces), { maxLength: 4 }))
      .map(([head, pieces]) => head + pieces.join('')),
  },
)

const operators = [
  'StringEquals',
  'stringequals',
  'StringNotEquals',
  'StringLike',
  'StringEqualsIfExists',
  'ForAllValues:StringEquals',
  'ForAnyValue:StringLike',
]
const conditionValues = ['x', 'y', `\${aws:username}`, '*']

export const condition: fc.Arbitrary<NonNullable<RawStatement['Condition']>> = fc
  .array(
    fc.oneof(
      fc.record({
        operator: fc.constantFrom(...operators),
        key: fc.constantFrom('aws:one', 'AWS:One', 'aws:two'),
        values: oneOrMany(fc.constantFrom(...conditionValues), 2),
      }),
      fc.record({ operator: fc.constant('Null'), key: fc.constantFrom('aws:one', 'aws:two'), values: fc.constantFrom('true', 'false') }),
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((tests) => {
    const block: Record<string, Record<string, string | string[]>> = {}
    for (const { operator, key, values } of tests) block[operator] = { ...block[operator], [key]: values }
    return block
  })

export const statement: fc.Arbitrary<RawStatement> = fc
  .record({
    effect: fc.constantFrom<'Allow' | 'Deny'>('Allow', 'Allow', 'Allow', 'Deny'),
    actionKey: fc.constantFrom('Action', 'Action', 'Action', 'NotAction'),
    actions: oneOrMany(actionPattern),
    resourceKey: fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
    resources: oneOrMany(resourcePattern),
    condition: fc.option(condition, { nil: undefined, freq: 2 }),
  })
  .map(({ effect, actionKey, actions, resourceKey, resources, condition: test }) => ({
    Effect: effect,
    [actionKey]: actions,
    [resourceKey]: resources,
    ...(test === undefined ? {} : { Condition: test }),
  }))

export const version: fc.Arbitrary<string | undefined> = fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17', undefined)

export const policy: fc.Arbitrary<RawPolicy> = fc
  .record({ version, statements: oneOrMany(statement) })
  .map(({ version: written, statements }) => ({ ...(written === undefined ? {} : { Version: written }), Statement: statements }))

/** Texts that a pattern may match: its wildcards filled in with a few things. */
const filled = (pattern: fc.Arbitrary<string>, fillings: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(pattern, fc.array(fc.constantFrom(...fillings), { minLength: 6, maxLength: 6 })).map(([text, values]) => {
    let next = 0
    return text.replace(/\$\{aws:username\}|\$\{\*\}|[*?]/g, (wild) => (wild === `\${*}` ? '*' : (values[next++ % values.length] ?? '')))
  })

const context: fc.Arbitrary<Request['context']> = fc
  .record({
    one: fc.option(fc.array(fc.constantFrom('x', 'y', 'ab'), { minLength: 1, maxLength: 2 }), { nil: undefined }),
    two: fc.option(fc.constantFrom(['x'], ['y']), { nil: undefined }),
    name: fc.option(fc.constantFrom(['a'], ['ab'], ['x'], ['*']), { nil: undefined }),
  })
  .map(({ one, two, name }) => ({
    ...(one === undefined ? {} : { 'aws:one': one }),
    ...(two === undefined ? {} : { 'aws:two': two }),
    ...(name === undefined ? {} : { 'aws:username': name }),
  }))

/** Requests for actions and resources that the patterns speak of. */
export const requestFor = (actions: readonly string[], resources: readonly string[]): fc.Arbitrary<Request> =>
  fc.record({
    action: filled(fc.constantFrom('s3:GetA', 'sqs:Put', ...actions), ['', 'A', 'Get', 'z']).map((action) =>
      action.includes(':') ? action : 's3:Get',
    ),
    resource: filled(fc.constantFrom('arn:aws:s3:::a', 'arn:aws:sqs:eu:1:b', ...resources), ['', 'a', 'b', ':', 'a:b', '/', '3']),
    context,
  })
