import { AwsError } from '../aws-error.ts'
import { readJsonObject, readStatements } from '../iam/malformed-policy.ts'
import { principalsOf } from '../iam/principals.ts'

/**
 * A resource policy in the form of an identity policy, so that the same algebra holds for both: who is meant becomes one more
 * condition, and a statement for two principals becomes two.
 *
 *   {"Principal": {"AWS": ["a", "b"]}, …}  →  {…, "Condition": {"ForPrincipal": {"AWS": "a"}}}, {…, {"AWS": "b"}}
 *   {"Principal": "*", …}                  →  {…}
 */
export function withoutPrincipals(text: string): string {
  const document = resourcePolicyAsked(text)
  const statements = readStatements(document).flatMap(({ Principal, NotPrincipal, ...rest }) => {
    const body = 'Resource' in rest || 'NotResource' in rest ? rest : { ...rest, Resource: '*' }
    if (NotPrincipal !== undefined) return [conditioned(body, 'NotPrincipal', JSON.stringify(NotPrincipal))]
    return principalsOf(Principal).map(([kind, name]) => (name === '*' ? body : conditioned(body, kind, name)))
  })
  return JSON.stringify({ Version: document.Version ?? '2008-10-17', Statement: statements })
}

/** A document that has statements, or Access Analyzer's refusal. */
export function resourcePolicyAsked(text: string): Readonly<Record<string, unknown>> {
  try {
    const document = readJsonObject(text)
    readStatements(document)
    return document
  } catch (error) {
    if (error instanceof AwsError) throw new AwsError('InvalidParameterException', 400, 'The policy document is not valid JSON.')
    throw error
  }
}

function conditioned(body: Readonly<Record<string, unknown>>, kind: string, name: string): object {
  const condition = typeof body.Condition === 'object' && body.Condition !== null ? body.Condition : {}
  return { ...body, Condition: { ...condition, ForPrincipal: { [kind]: name } } }
}
