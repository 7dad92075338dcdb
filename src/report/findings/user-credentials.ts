import type { UnusedCredential, UserCredentials } from '../../evidence/account-observations.ts'
import { daysBetween, isFresh, isInside, type Window } from '../../evidence/reading.ts'
import type { Iso } from '../../policy/names.ts'

/** Who says that a credential is idle. */
export type CredentialSource = 'credentials' | 'unusedCredentials'

/** A password or access key that was not used in the window, although it is older than that. */
export type IdleCredential = {
  readonly userName: string
  readonly kind: 'password' | 'access-key'
  /** The report counts a user's keys, the analyzer names them. */
  readonly slot: 1 | 2 | null
  readonly accessKeyId: string | null
  readonly lastUsed: Iso | null
  readonly ageDays: number | null
  readonly sources: readonly CredentialSource[]
}

export type CredentialFindings = {
  readonly unusedPasswords: readonly IdleCredential[]
  readonly unusedAccessKeys: readonly IdleCredential[]
  readonly usersWithoutMfa: readonly { readonly userName: string; readonly isRoot: boolean; readonly passwordLastUsed: Iso | null }[]
  /** Active keys of root: nobody needs them. */
  readonly rootAccessKeys: number
}

/** Credentials that were never used come first. */
export function findCredentialTrouble(
  users: readonly UserCredentials[],
  found: readonly UnusedCredential[],
  window: Window,
): CredentialFindings {
  const reported = users.flatMap((user) => [...(user.isRoot ? [] : idlePassword(user, window)), ...idleKeys(user, window)])
  const idle = joined(reported, found.filter((one) => provesIdle(one, window)).map(idleOf), users.length > 0).toSorted(longestIdle)
  return {
    unusedPasswords: idle.filter(({ kind }) => kind === 'password'),
    unusedAccessKeys: idle.filter(({ kind }) => kind === 'access-key'),
    usersWithoutMfa: users
      .filter(({ hasMfa, hasPassword, isRoot }) => !hasMfa && (isRoot || hasPassword === true))
      .toSorted((a, b) => Number(b.isRoot) - Number(a.isRoot) || byName(a, b))
      .map(({ userName, isRoot, passwordLastUsed }) => ({ userName, isRoot, passwordLastUsed })),
    rootAccessKeys: users.filter(({ isRoot }) => isRoot).flatMap(({ keys }) => keys.filter(({ isActive }) => isActive)).length,
  }
}

/** What the analyzer says stands for its own age setting, or for as long as the last use is past. */
function provesIdle({ complete, analyzedAt, lastUsed, unusedAccessAge }: UnusedCredential, window: Window): boolean {
  if (!complete || !isFresh(analyzedAt, window) || isInside(lastUsed, window)) return false
  return lastUsed !== null || (unusedAccessAge ?? 0) >= window.days
}

const idleOf = ({ userName, kind, accessKeyId, lastUsed }: UnusedCredential): IdleCredential => ({
  userName,
  kind,
  slot: null,
  accessKeyId,
  lastUsed,
  ageDays: null,
  sources: ['unusedCredentials'],
})

/** Where the report speaks of users, it decides: it has seen use that the analyzer has not. The analyzer adds its word and the key's name. */
function joined(reported: readonly IdleCredential[], found: readonly IdleCredential[], hasReport: boolean): readonly IdleCredential[] {
  if (!hasReport) return found
  const left = new Set(found)
  const isSame = (a: IdleCredential, b: IdleCredential): boolean => a.userName === b.userName && a.kind === b.kind
  return reported.map((one) => {
    const same = [...left].filter((other) => isSame(one, other))
    const isOnlyOne = same.length === 1 && reported.filter((other) => isSame(one, other)).length === 1
    const match = isOnlyOne ? same[0] : same.find(({ lastUsed }) => dayOf(lastUsed) === dayOf(one.lastUsed))
    if (match === undefined) return one
    left.delete(match)
    return { ...one, accessKeyId: match.accessKeyId, sources: [...one.sources, ...match.sources] }
  })
}

const dayOf = (at: Iso | null): string => at?.slice(0, 10) ?? ''

const byName = (a: { readonly userName: string }, b: { readonly userName: string }): number => (a.userName < b.userName ? -1 : 1)
const longestIdle = (a: IdleCredential, b: IdleCredential): number =>
  (a.lastUsed ?? '') < (b.lastUsed ?? '') ? -1 : (a.lastUsed ?? '') > (b.lastUsed ?? '') ? 1 : byName(a, b)

/** Its age counts from when it was last changed: what is younger than the window could not be used for all of it. */
const isIdle = (lastUsed: Iso | null, changed: Iso | null, window: Window): boolean =>
  !isInside(lastUsed, window) && changed !== null && !isInside(changed, window)

const ageOf = (changed: Iso | null, window: Window): number | null => (changed === null ? null : daysBetween(changed, window.now))

const bySource = { accessKeyId: null, sources: ['credentials'] } as const

function idlePassword({ userName, hasPassword, passwordLastUsed, passwordChanged }: UserCredentials, window: Window): IdleCredential[] {
  if (hasPassword !== true || !isIdle(passwordLastUsed, passwordChanged, window)) return []
  const ageDays = ageOf(passwordChanged, window)
  return [{ userName, kind: 'password', slot: null, lastUsed: passwordLastUsed, ageDays, ...bySource }]
}

function idleKeys({ userName, keys }: UserCredentials, window: Window): IdleCredential[] {
  return keys
    .filter(({ isActive, lastUsed, lastRotated }) => isActive && isIdle(lastUsed, lastRotated, window))
    .map(({ slot, lastUsed, lastRotated }) => {
      const ageDays = ageOf(lastRotated, window)
      return { userName, kind: 'access-key', slot, lastUsed, ageDays, ...bySource }
    })
}
