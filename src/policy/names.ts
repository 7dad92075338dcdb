/** An ISO 8601 instant in UTC, as `Date.prototype.toISOString` prints it. */
export type Iso = string

/** An Amazon Resource Name as AWS wrote it. */
export type Arn = string

/**
 * A full IAM action name, `service:Name`, in the capitals of the catalog or, where the catalog has none, as first seen.
 * Comparison is by `actionKey`: IAM ignores case in action names.
 */
export type ActionName = string

/** The key under which an action name or pattern is compared: IAM ignores case in actions. */
export const actionKey = (action: string): string => action.toLowerCase()

/** The service prefix of an action name or pattern, lower case; the pattern `*` has none and gives `*`. */
export function serviceOf(action: string): string {
  const colon = action.indexOf(':')
  return colon < 0 ? '*' : action.slice(0, colon).toLowerCase()
}

/** Closes a switch over a union: reaching it is a bug, and leaving a case out is a type error. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
