import { actionGlobs, clauseCovers, resourceGlobs } from '../../policy/clause-globs.ts'
import { conditionCovers, createPlacer, type PlacedStatement, withActions, withResources } from '../../policy/cover.ts'
import type { PolicyDocument } from '../../policy/document.ts'
import { globsMeet } from '../../policy/glob.ts'
import { parsePolicy } from '../../policy/parse.ts'
import { AwsError } from '../aws-error.ts'
import { invalid, requiredText } from '../protocol/json-params.ts'
import type { JsonParams, RestOperation } from '../protocol/rest-json.ts'
import { verdict } from './check-verdict.ts'
import { withoutPrincipals } from './principals-as-conditions.ts'

/**
 * Custom policy checks. Like AWS's they err on the side of FAIL: PASS is a proof, FAIL says "might".
 */
export const checkOperations: readonly RestOperation[] = [
  {
    name: 'CheckNoNewAccess',
    method: 'POST',
    path: '/policy/check-no-new-access',
    effect: 'read',
    run(params) {
      const after = documentAsked(params, 'newPolicyDocument')
      const before = documentAsked(params, 'existingPolicyDocument')
      return verdict(statementsOf(newAccess(after, before)), {
        pass: 'The modified permissions do not grant new access compared to your existing policy.',
        fail: 'The modified permissions grant new access compared to your existing policy.',
        reason: (index) => `New access in the statement with index: ${index}.`,
      })
    },
  },
  {
    name: 'CheckAccessNotGranted',
    method: 'POST',
    path: '/policy/check-access-not-granted',
    effect: 'read',
    run(params) {
      const document = documentAsked(params, 'policyDocument')
      return verdict(statementsOf(grantingAny(document, accessAsked(params))), {
        pass: 'The policy document does not grant access to perform the listed actions or resources.',
        fail: 'The policy document grants access to perform one or more of the listed actions or resources.',
        reason: (index) => `One or more of the listed actions or resources in the statement with index: ${index}.`,
      })
    },
  },
]

const statementsOf = (placed: readonly PlacedStatement[]) => placed.map(({ statement }) => statement)

/** Statements of the new policy that grant what the old one may not have granted: an Allow, or what a lost Deny lets through. */
function newAccess(after: PolicyDocument, before: PolicyDocument): readonly PlacedStatement[] {
  const place = createPlacer()
  const [now, then] = [place(after), place(before)]
  const lostDenies = then.denies.filter((deny) => !now.denies.some((kept) => kept.key === deny.key || covers(kept, deny)))
  return now.allows.filter((allow) =>
    atomsOf(allow).some((atom) => {
      if (now.denies.some((deny) => covers(deny, atom))) return false
      return lostDenies.some((deny) => meets(deny, atom)) || !then.allows.some((outer) => covers(outer, atom))
    }),
  )
}

/** A statement for one action pattern on one resource pattern; a `Not…` element stays whole. */
function atomsOf(placed: PlacedStatement): readonly PlacedStatement[] {
  const { kind, patterns } = placed.statement.actions
  const byAction = kind === 'NotAction' ? [placed] : patterns.map((pattern) => withActions(placed, [pattern]))
  return byAction.flatMap(withResources)
}

/** Whether one statement speaks of all that an atom speaks of, in all circumstances of the atom. */
const covers = (outer: PlacedStatement, atom: PlacedStatement): boolean =>
  conditionCovers(outer.tests, atom.tests) && clauseCovers(outer.actions, atom.actions) && clauseCovers(outer.resources, atom.resources)

/** Whether two statements can speak of the same call; a `Not…` element is taken to speak of everything. */
function meets(one: PlacedStatement, other: PlacedStatement): boolean {
  return (['actions', 'resources'] as const).every((clause) => {
    const [a, b] = [one[clause], other[clause]]
    if (a.complement || b.complement) return true
    return a.patterns.some((left) => b.patterns.some((right) => globsMeet(left.widest(), right.widest())))
  })
}

type Access = { readonly actions: readonly string[] | null; readonly resources: readonly string[] | null }

function grantingAny(document: PolicyDocument, { actions, resources }: Access): readonly PlacedStatement[] {
  const { allows, denies } = createPlacer()(document)
  const asked = {
    actions: actionGlobs({ kind: 'Action', patterns: actions ?? ['*'] }),
    resources: resourceGlobs({ kind: 'Resource', patterns: resources ?? ['*'] }, document.version),
  }
  return allows.filter((allow) =>
    atomsOf(allow).some((atom) => {
      if (denies.some((deny) => covers(deny, atom))) return false
      if (
        denies.some(
          (deny) => deny.tests.length === 0 && clauseCovers(deny.actions, asked.actions) && clauseCovers(deny.resources, asked.resources),
        )
      )
        return false
      return grants(atom, 'actions', asked.actions) && grants(atom, 'resources', asked.resources)
    }),
  )
}

/** Exact for `NotAction` and `NotResource` too: they miss what is asked only where they exclude all of it. */
function grants(atom: PlacedStatement, clause: 'actions' | 'resources', asked: PlacedStatement['actions']): boolean {
  const own = atom[clause]
  if (own.complement)
    return asked.patterns.some((one) => !own.patterns.some((left) => globsMeet(left.widest(), one.widest())) || one.glob.tail.length > 0)
  return own.patterns.some((left) => asked.patterns.some((right) => globsMeet(left.widest(), right.widest())))
}

function accessAsked({ access }: JsonParams): Access {
  if (!Array.isArray(access) || access.length !== 1) throw invalid('access must have exactly one element')
  const read = (name: 'actions' | 'resources'): readonly string[] | null => {
    const list: unknown = Object(access[0])[name]
    if (list === undefined || list === null) return null
    if (!Array.isArray(list) || list.length > 100) throw invalid(`${name} takes at most 100 values`)
    return list.map(String)
  }
  const asked = { actions: read('actions'), resources: read('resources') }
  if (asked.actions === null && asked.resources === null) throw invalid('access needs actions or resources')
  return asked
}

/** The document of a parameter; one of a resource reads with its principals as conditions. */
export function documentAsked(params: JsonParams, name: string): PolicyDocument {
  const type = requiredText(params, 'policyType')
  if (type !== 'IDENTITY_POLICY' && type !== 'RESOURCE_POLICY') throw invalid(`policyType ${type} is not valid`)
  const text = requiredText(params, name)
  const parsed = parsePolicy(type === 'RESOURCE_POLICY' ? withoutPrincipals(text) : text)
  if (!parsed.ok) throw new AwsError('InvalidParameterException', 400, `The ${name} is not valid: ${parsed.problem.message}`)
  return parsed.document
}
