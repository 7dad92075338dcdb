import type { GuardVerdict, RoleRow } from './views.ts'

/** A name part that people give to what must not break. */
const production = /(?:^|[^a-z])prod(?:uction)?(?:$|[^a-z])/i

const weightyFlags: ReadonlySet<string> = new Set(['production', 'crown-jewel'])

/** Guarded and production-like roles ask for their name to be typed: a button is pressed too easily. */
export function needsTypedName(
  roleName: string,
  role: { readonly row: RoleRow | null; readonly guards: readonly GuardVerdict[] },
): boolean {
  const flags = role.row?.flags ?? []
  return role.guards.length > 0 || role.row?.protected === true || production.test(roleName) || flags.some((flag) => weightyFlags.has(flag))
}
