/**
 * One condition: an operator, a key and the policy's values, held against the request's values of that key.
 *
 *   operator          key absent   key present
 *   StringEquals      no           some value equals some value of the policy
 *   StringNotEquals   yes          no value equals any value of the policy
 *   …IfExists         yes          as without
 *   ForAllValues:     yes          every value passes
 *   ForAnyValue:      no           some value passes
 *
 * A value of the policy with a variable that has no value equals nothing: positive operators fail on it, negated ones pass.
 * For the set qualifiers a key that holds nothing but empty text counts as absent.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
import type { ConditionBlock, PolicyVersion } from '../document.ts'
import type { RequestContext } from './access-request.ts'
import type { ComparingOperator } from './operators.ts'
import { knowsVariables, missingVariables, type PolicyValue, type ResolvedValue, readPolicyValue, resolveValue } from './policy-value.ts'
import { type OperatorReading, readOperator } from './read-operator.ts'
import { readBoolean } from './read-scalars.ts'
import type { ActualValue, ConditionReason, ConditionVerdict } from './verdict.ts'

export type CompiledCondition = {
  readonly operator: string
  /** Null for a name that is no operator: such a condition never matches. */
  readonly reading: OperatorReading | null
  readonly key: string
  readonly values: readonly PolicyValue[]
}

type ComparingReading = Omit<OperatorReading, 'operator'> & { readonly operator: ComparingOperator }
type Expected = { readonly written: string; readonly resolved: ResolvedValue | null }
type Outcome = { readonly matched: boolean; readonly reason: ConditionReason; readonly actual: readonly ActualValue[] | null }

export function compileConditions(block: ConditionBlock | null, version: PolicyVersion): CompiledCondition[] {
  return Object.entries(block ?? {}).flatMap(([operator, keys]) => {
    const reading = readOperator(operator)
    const variables = reading?.operator.kind === 'comparing' && reading.operator.variables && knowsVariables(version)
    return Object.entries(keys).map(([key, values]) => ({
      operator,
      reading,
      key,
      values: values.map((value) => readPolicyValue(value, { variables })),
    }))
  })
}

export function testCondition({ operator, reading, key, values }: CompiledCondition, context: RequestContext): ConditionVerdict {
  const present = context.valuesOf(key)
  const expected = values.map((value) => ({ written: value.written, resolved: resolveValue(value, context) }))
  const missing = values.flatMap((value) => missingVariables(value, context))
  return {
    operator,
    key,
    ...outcomeOf(reading, expected, present),
    expected: expected.map(({ written, resolved }) => ({ written, resolved: resolved?.text ?? null })),
    missingKeys: present === null ? [key, ...missing] : missing,
  }
}

function outcomeOf(reading: OperatorReading | null, expected: readonly Expected[], present: readonly string[] | null): Outcome {
  if (reading === null) return { matched: false, reason: 'unknownOperator', actual: unjudged(present) }
  const { operator } = reading
  if (operator.kind === 'presence') {
    const matched = expected.some(({ written }) => readBoolean(written) === (present === null))
    return { matched, reason: 'presence', actual: unjudged(present) }
  }
  const comparing = { ...reading, operator }
  if (present === null || isNullSet(comparing, present)) {
    return { matched: passesAbsent(comparing), reason: 'keyAbsent', actual: unjudged(present) }
  }
  const actual = present.map((value) => judge(operator, value, expected))
  return { matched: passesTogether(comparing, actual), reason: 'compared', actual }
}

function judge({ negated, compare }: ComparingOperator, value: string, expected: readonly Expected[]): ActualValue {
  const equal = expected.find(({ resolved }) => resolved !== null && compare(value, resolved))
  return { value, passes: (equal !== undefined) !== negated, equals: equal?.written ?? null }
}

const isNullSet = ({ qualifier }: ComparingReading, present: readonly string[]): boolean =>
  qualifier !== null && present.every((value) => value === '')

const passesAbsent = ({ operator, qualifier, ifExists }: ComparingReading): boolean =>
  ifExists || qualifier === 'all' || (qualifier === null && operator.negated)

/** Without a qualifier a positive operator asks for one value that passes, a negated one for all: it is its opposite. */
function passesTogether({ operator, qualifier }: ComparingReading, actual: readonly ActualValue[]): boolean {
  const all = qualifier === 'all' || (qualifier === null && operator.negated)
  return all ? actual.every(({ passes }) => passes) : actual.some(({ passes }) => passes)
}

const unjudged = (present: readonly string[] | null): readonly ActualValue[] | null =>
  present?.map((value) => ({ value, passes: false, equals: null })) ?? null
