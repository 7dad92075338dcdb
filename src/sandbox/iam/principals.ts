import { listOf, readJsonObject, readStatements } from './malformed-policy.ts'

/** The principals of a statement, each with its kind: `AWS`, `Service`, `Federated`, `CanonicalUser`. */
export function principalsOf(principal: unknown): readonly (readonly [kind: string, name: string])[] {
  if (typeof principal === 'string') return [['AWS', principal]]
  if (typeof principal !== 'object' || principal === null) return []
  return Object.entries(principal).flatMap(([kind, names]) => listOf(names).map((name) => [kind, String(name)] as const))
}

/** Those statements of a resource policy that speak to a caller, in the form of an identity policy. */
export function spokenTo(caller: readonly string[], text: string): string {
  const document = readJsonObject(text)
  const statements = readStatements(document).flatMap(({ Principal, NotPrincipal, ...rest }) => {
    const named = principalsOf(Principal).some(([, name]) => name === '*' || caller.includes(name))
    const spared = NotPrincipal !== undefined && !principalsOf(NotPrincipal).some(([, name]) => caller.includes(name))
    return named || spared ? [rest] : []
  })
  return JSON.stringify({ Version: document.Version ?? '2008-10-17', Statement: statements })
}
