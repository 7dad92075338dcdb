/** Who a trust policy names, as far as putting the same text back later is concerned. */
import type { Arn } from '../policy/names.ts'

/**
 * IAM keeps a principal by its id and shows its ARN while it exists. A text with an id (`AROA…`: the principal is gone) is refused
 * when it is put back, and one that names a principal which was made anew would trust somebody else.
 */
export type TrustNames = {
  /** False where the text is no trust policy that this program understands. */
  readonly readable: boolean
  /** Ids of principals that are gone. */
  readonly ids: readonly string[]
  /** Roles and users by ARN: each must exist when the text is put back. */
  readonly principals: readonly Arn[]
  /** What nobody can look up: sessions, `NotPrincipal`. */
  readonly strange: readonly string[]
}

const UNREADABLE: TrustNames = { readable: false, ids: [], principals: [], strange: [] }

export function trustNames(text: string): TrustNames {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return UNREADABLE
  }
  const statements = [Reflect.get(Object(document), 'Statement')].flat()
  if (statements.some((statement) => typeof statement !== 'object' || statement === null)) return UNREADABLE
  const names = statements.flatMap(awsPrincipals)
  return {
    readable: true,
    ids: names.filter((name) => ID.test(name)),
    principals: names.filter((name) => ROLE_OR_USER.test(name)),
    strange: names.filter((name) => !ID.test(name) && !ROLE_OR_USER.test(name) && !ACCOUNT.test(name)),
  }
}

const ID = /^A(ROA|IDA|GPA|IPA)[A-Z0-9]{4,}$/
const ROLE_OR_USER = /^arn:[\w-]+:iam::\d{12}:(role|user)\//
/** An account needs no looking up, and neither does everybody. */
const ACCOUNT = /^(\*|\d{12}|arn:[\w-]+:iam::\d{12}:root)$/

function awsPrincipals(statement: object): readonly string[] {
  if ('NotPrincipal' in statement) return ['NotPrincipal']
  const principal: unknown = Reflect.get(statement, 'Principal')
  if (typeof principal === 'string') return [principal]
  return [Reflect.get(Object(principal), 'AWS') ?? []].flat().map(String)
}
