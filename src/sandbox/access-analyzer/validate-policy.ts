/** The commonest findings of `ValidatePolicy`, each where it stands in the text. */
import { matchesPattern } from '../../policy/match-pattern.ts'
import { serviceOf } from '../../policy/names.ts'
import { membersOf, parsePolicy, policyTree, statementNodes } from '../../policy/parse.ts'
import { policySize } from '../../policy/size.ts'
import type { Universe } from '../../policy/universe.ts'
import type { CallContext } from '../call-context.ts'
import { quotas } from '../iam/quotas.ts'
import { page, requiredText } from '../protocol/json-params.ts'
import type { RestOperation } from '../protocol/rest-json.ts'
import { withoutPrincipals } from './principals-as-conditions.ts'

type Node = ReturnType<typeof policyTree>
type PathElement = { readonly value: string } | { readonly index: number }
type Place = { readonly path: readonly PathElement[]; readonly node: Node }

type Issue = {
  readonly findingType: 'ERROR' | 'SECURITY_WARNING' | 'WARNING' | 'SUGGESTION'
  readonly issueCode: string
  readonly findingDetails: string
  readonly place: Place
}

export const validationOperations: readonly RestOperation[] = [
  {
    name: 'ValidatePolicy',
    method: 'POST',
    path: '/policy/validation',
    effect: 'read',
    run(params, context) {
      const type = requiredText(params, 'policyType')
      const text = requiredText(params, 'policyDocument')
      const problem = syntaxProblem(type === 'RESOURCE_POLICY' ? withoutPrincipals(text) : text)
      const findings: readonly object[] =
        problem === null ? issuesOf(text, type, context).map((issue) => findingOf(issue, text)) : [problem]
      const { shown, next } = page(findings, params, `ValidatePolicy ${type} ${text}`, 100)
      return { findings: shown, ...next }
    },
  },
]

const LEARN_MORE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html'

function syntaxProblem(text: string) {
  const parsed = parsePolicy(text)
  if (parsed.ok) return null
  const { message, line, column } = parsed.problem
  const at = { line, column: column - 1, offset: 0 }
  return {
    findingType: 'ERROR',
    issueCode: 'JSON_SYNTAX_ERROR',
    findingDetails: message,
    learnMoreLink: LEARN_MORE,
    locations: [{ path: [], span: { start: at, end: at } }],
  }
}

function issuesOf(text: string, type: string, context: CallContext): readonly Issue[] {
  const root = policyTree(text)
  const members = membersOf(root, 'the policy')
  const whole: Place = { path: [], node: root }
  const issues: Issue[] = []
  if (!members.has('Version'))
    issues.push({
      findingType: 'WARNING',
      issueCode: 'MISSING_VERSION',
      findingDetails: 'We recommend that you specify the Version element to help you with debugging permission issues.',
      place: whole,
    })
  if (type === 'IDENTITY_POLICY' && policySize(text) > quotas.PolicySizeQuota)
    issues.push({
      findingType: 'ERROR',
      issueCode: 'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA',
      findingDetails: `The ${policySize(text)} characters in the identity policy, excluding whitespace, exceed the ${quotas.PolicySizeQuota} character maximum for managed policies.`,
      place: whole,
    })
  const list = members.get('Statement')
  const statements = list === undefined ? [] : statementNodes(list)
  const isList = list?.type === 'array'
  for (const [index, node] of statements.entries()) {
    const path = isList ? [{ value: 'Statement' }, { index }] : [{ value: 'Statement' }]
    issues.push(...statementIssues({ path, node }, context))
  }
  return issues
}

function statementIssues(place: Place, context: CallContext): readonly Issue[] {
  const members = membersOf(place.node, 'the statement')
  const actions = texts(place, members, 'Action')
  const resources = texts(place, members, 'Resource')
  const effect = members.get('Effect')?.value
  const { universe } = context.grants()
  const strange = actions.filter(({ node }) => isStrange(String(node.value), universe))
  const unknown = actions
    .filter(
      (where) => !strange.includes(where) && !/[*?]/.test(String(where.node.value)) && universe.indexOf(String(where.node.value)) === null,
    )
    .map((where): Issue => {
      const findingDetails = `The action ${String(where.node.value)} does not exist.`
      return { findingType: 'ERROR', issueCode: 'INVALID_ACTION', findingDetails, place: where }
    })
  const services = strange.map((where): Issue => {
    const findingDetails = `The service ${serviceOf(String(where.node.value))} specified in the action does not exist.`
    return { findingType: 'ERROR', issueCode: 'INVALID_SERVICE_IN_ACTION', findingDetails, place: where }
  })
  const sid = members.get('Sid')
  const unsupported: readonly Issue[] =
    sid === undefined || /^[0-9A-Za-z]*$/.test(String(sid.value))
      ? []
      : [
          {
            findingType: 'ERROR',
            issueCode: 'UNSUPPORTED_SID',
            findingDetails: 'Update the characters in the Sid element to use one of the following character types: [a-z, A-Z, 0-9]',
            place: { path: [...place.path, { value: 'Sid' }], node: sid },
          },
        ]
  const repeated = actions
    .filter((where, at) => actions.some((other, otherAt) => otherAt !== at && makesRedundant(other.node, where.node, otherAt < at)))
    .map((where): Issue => {
      const findingDetails = 'The action is redundant because it provides similar permissions to another action in this statement.'
      return { findingType: 'SUGGESTION', issueCode: 'REDUNDANT_ACTION', findingDetails, place: where }
    })
  const star = resources.find(({ node }) => String(node.value).includes('*'))
  const passes = actions.some(({ node }) => /^(iam:passrole|iam:\*|\*)$/i.test(String(node.value)))
  const passing: readonly Issue[] =
    effect === 'Allow' && passes && star !== undefined && !members.has('Condition')
      ? [
          {
            findingType: 'SECURITY_WARNING',
            issueCode: 'PASS_ROLE_WITH_STAR_IN_RESOURCE',
            findingDetails:
              'Using the iam:PassRole action with wildcards (*) in the resource can be overly permissive because it allows iam:PassRole permissions on multiple resources. We recommend that you specify resource ARNs or add the iam:PassedToService condition key to your statement.',
            place: star,
          },
        ]
      : []
  return [...unsupported, ...services, ...unknown, ...passing, ...repeated]
}

/** A prefix that no action of the universe has: `nosuch:*`. */
function isStrange(action: string, universe: Universe): boolean {
  return action.includes(':') && universe.ofService(serviceOf(action)).length === 0
}

/** A pattern that matches the whole of another; of two equal ones, the later is too many. A `?` is not one for any `*`. */
function makesRedundant(pattern: Node, action: Node, isEarlier: boolean): boolean {
  const [wide, narrow] = [String(pattern.value).toLowerCase(), String(action.value).toLowerCase()]
  return wide === narrow ? isEarlier : !wide.includes('?') && matchesPattern(wide, narrow)
}

/** The texts of an element that is one text or a list of them. */
function texts(statement: Place, members: ReadonlyMap<string, Node>, name: string): readonly Place[] {
  const node = members.get(name)
  if (node === undefined) return []
  const path = [...statement.path, { value: name }]
  if (node.type !== 'array') return [{ path, node }]
  return (node.children ?? []).map((child, index) => ({ path: [...path, { index }], node: child }))
}

function findingOf({ place, ...issue }: Issue, text: string) {
  const { offset, length } = place.node
  const span = { start: positionAt(text, offset), end: positionAt(text, offset + length) }
  return { ...issue, learnMoreLink: LEARN_MORE, locations: [{ path: place.path, span }] }
}

/** Lines count from 1, columns and offsets from 0. */
function positionAt(text: string, offset: number) {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length, column: (lines.at(-1) ?? '').length, offset }
}
