import type { UserCredentials } from '../../evidence/account-observations.ts'
import { daysBetween, isInside, type Window } from '../../evidence/reading.ts'
import type { Iso } from '../../policy/names.ts'

/** A password or access key that was not used in the window, although it is older than that. */
export type IdleCredential = {
  readonly userName: string
  readonly kind: 'password' | 'access-key'
  readonly slot: 1 | 2 | null
  readonly lastUsed: Iso | null
  readonly ageDays: number | null
}

export type CredentialFindings = {
  readonly unusedPasswords: readonly IdleCredential[]
  readonly unusedAccessKeys: readonly IdleCredential[]
  readonly usersWithoutMfa: readonly { readonly userName: string; readonly isRoot: boolean; readonly passwordLastUsed: Iso | null }[]
  /** Active keys of root: nobody needs them. */
  readonly rootAccessKeys: number
}

/** Users that never signed in come first. */
export function findCredentialTrouble(users: readonly UserCredentials[], window: Window): CredentialFindings {
  return {
    unusedPasswords: users
      .filter(({ isRoot }) => !isRoot)
      .flatMap((user) => idlePassword(user, window))
      .toSorted(longestIdle),
    unusedAccessKeys: users.flatMap((user) => idleKeys(user, window)).toSorted(longestIdle),
    usersWithoutMfa: users
      .filter(({ hasMfa, hasPassword, isRoot }) => !hasMfa && (isRoot || hasPassword === true))
      .toSorted((a, b) => Number(b.isRoot) - Number(a.isRoot) || byName(a, b))
      .map(({ userName, isRoot, passwordLastUsed }) => ({ userName, isRoot, passwordLastUsed })),
    rootAccessKeys: users.filter(({ isRoot }) => isRoot).flatMap(({ keys }) => keys.filter(({ isActive }) => isActive)).length,
  }
}

const byName = (a: { readonly userName: string }, b: { readonly userName: string }): number => (a.userName < b.userName ? -1 : 1)
const longestIdle = (a: IdleCredential, b: IdleCredential): number =>
  (a.lastUsed ?? '') < (b.lastUsed ?? '') ? -1 : (a.lastUsed ?? '') > (b.lastUsed ?? '') ? 1 : byName(a, b)

/** Its age counts from when it was last changed: what is younger than the window could not be used for all of it. */
const isIdle = (lastUsed: Iso | null, changed: Iso | null, window: Window): boolean =>
  !isInside(lastUsed, window) && changed !== null && !isInside(changed, window)

const ageOf = (changed: Iso | null, window: Window): number | null => (changed === null ? null : daysBetween(changed, window.now))

function idlePassword({ userName, hasPassword, passwordLastUsed, passwordChanged }: UserCredentials, window: Window): IdleCredential[] {
  if (hasPassword !== true || !isIdle(passwordLastUsed, passwordChanged, window)) return []
  return [{ userName, kind: 'password', slot: null, lastUsed: passwordLastUsed, ageDays: ageOf(passwordChanged, window) }]
}

function idleKeys({ userName, keys }: UserCredentials, window: Window): IdleCredential[] {
  return keys
    .filter(({ isActive, lastUsed, lastRotated }) => isActive && isIdle(lastUsed, lastRotated, window))
    .map(({ slot, lastUsed, lastRotated }) => ({ userName, kind: 'access-key', slot, lastUsed, ageDays: ageOf(lastRotated, window) }))
}
