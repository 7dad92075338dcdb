import { describe, expect, it } from 'vitest'
import { indexesOf } from '../../src/policy/action-set.ts'
import { grantedActions } from '../../src/policy/grants.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import type { RawStatement } from '../support/evaluator.ts'
import { smallUniverse } from '../support/small-catalog.ts'

const universe = smallUniverse()

function granted(...statements: readonly Partial<RawStatement>[]): string[] {
  const text = JSON.stringify({ Statement: statements.map((one) => ({ Effect: 'Allow', Resource: '*', ...one })) })
  const parsed = parsePolicy(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return indexesOf(grantedActions(universe, [parsed.document])).map((index) => universe.names[index] ?? '')
}

describe('what is granted', () => {
  const sqs = [
    'sqs:GetQueueUrl',
    'sqs:ListQueues',
    'sqs:ReceiveMessage',
    'sqs:SendMessage',
    'sqs:DeleteMessage',
    'sqs:SetQueueAttributes',
  ].sort()

  it.each<[what: string, statements: readonly Partial<RawStatement>[], names: readonly string[]]>([
    ['the union of the statements', [{ Action: 'kms:Decrypt' }, { Action: ['kms:Encrypt'] }], ['kms:Decrypt', 'kms:Encrypt']],
    ['not what a Deny takes away everywhere', [{ Action: 'sqs:*' }, { Effect: 'Deny', Action: 'sqs:*e*' }], []],
    ['all but what a Deny leaves', [{ Action: 'sqs:*' }, { Effect: 'Deny', NotAction: 'sqs:List*' }], ['sqs:ListQueues']],
    [
      'what a Deny takes away on some resources only',
      [{ Action: 'sqs:*' }, { Effect: 'Deny', Action: 'sqs:*', Resource: 'arn:aws:sqs:*:*:a' }],
      sqs,
    ],
    [
      'what a Deny takes away under a condition only',
      [{ Action: 'sqs:*' }, { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      sqs,
    ],
    [
      'what a Deny takes away on all but some resources',
      [{ Action: 'sqs:*' }, { Effect: 'Deny', Action: 'sqs:*', Resource: undefined, NotResource: 'arn:aws:sqs:*:*:a' }],
      sqs,
    ],
  ])('%s', (_, statements, names) => {
    expect([...granted(...statements)].sort()).toEqual(names)
  })
})
