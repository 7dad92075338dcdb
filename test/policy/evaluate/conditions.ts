import { type ConditionVerdict, compilePolicy, evaluateRequest, isAllowed } from '../../../src/policy/evaluate/index.ts'
import { type Context, type DocumentVersion, documentOf, request, sourceOf } from './policies.ts'

export type Values = string | readonly string[]

/** The verdict on one condition, as the only one of a statement that allows all else. */
export function verdictOn(operator: string, expected: Values, context: Context, version: DocumentVersion = '2012-10-17'): ConditionVerdict {
  const policies = {
    identity: [compilePolicy(sourceOf('p'), documentOf([{ Condition: { [operator]: { 'test:Key': expected } } }], version))],
  }
  const asked = request('s3:GetObject', 'arn:aws:s3:::a/b', context)
  const verdict = evaluateRequest(policies, asked)
  const [condition] = verdict.layers[0]?.statements[0]?.conditions ?? []
  if (condition === undefined) throw new Error('the statement has no condition')
  if (isAllowed(policies, asked) !== condition.matched) throw new Error('the decision is not that of the condition')
  return condition
}

/** `null`: the request has no such key. */
export const matches = (operator: string, expected: Values, actual: Values | null): boolean =>
  verdictOn(operator, expected, actual === null ? {} : { 'Test:KEY': actual }).matched
