import type { ActionName, Arn } from '../names.ts'

/** The context keys of one request. Names of keys ignore case; a key without values is absent. */
export type RequestContext = { valuesOf(key: string): readonly string[] | null }

/** Who asks to do what, on what, in which circumstances. Wildcards in an action or a resource are plain text. */
export type AccessRequest = {
  /** Named in denial messages; no element of an identity policy compares it. */
  readonly principal?: Arn
  readonly action: ActionName
  /** `*` where the action knows no resource. */
  readonly resource: Arn
  /** All that policies may ask about, `aws:PrincipalArn` and `aws:CurrentTime` included: nothing is filled in here. */
  readonly context: RequestContext
}

/** A key given more than once, in whatever case, has the values of all. */
export function requestContext(entries: Iterable<readonly [key: string, values: string | readonly string[]]>): RequestContext {
  const byKey = new Map<string, readonly string[]>()
  for (const [key, values] of entries) {
    const list = typeof values === 'string' ? [values] : values
    if (list.length > 0) byKey.set(key.toLowerCase(), [...(byKey.get(key.toLowerCase()) ?? []), ...list])
  }
  return { valuesOf: (key) => byKey.get(key.toLowerCase()) ?? null }
}
