import { createHash } from 'node:crypto'
import type { Arn } from '../policy/names.ts'
import type { Account, Role } from './account.ts'
import { defaultVersion } from './role-policies.ts'

/**
 * Names what the identity policies of a role say: two scans with the same fingerprint saw the same grants. Cheap enough for
 * every role of a large account, since each managed policy is hashed once.
 */
export function createGrantFingerprint({ policies }: Pick<Account, 'policies'>): (role: Role) => string {
  const known = new Map<Arn, string>()
  const ofPolicy = (arn: Arn): string => {
    const managed = policies.get(arn)
    const hash = known.get(arn) ?? sha256(managed === undefined ? '' : (defaultVersion(managed)?.text ?? ''))
    known.set(arn, hash)
    return hash
  }
  return ({ roleId, inline, attached }) =>
    sha256(
      JSON.stringify([
        roleId,
        inline.map(({ name, text }) => [name, text]).sort(byFirst),
        attached.map(({ arn }) => [arn, ofPolicy(arn)]).sort(byFirst),
      ]),
    )
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const byFirst = ([a]: readonly string[], [b]: readonly string[]): number => ((a ?? '') < (b ?? '') ? -1 : 1)
