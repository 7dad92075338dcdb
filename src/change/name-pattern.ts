const escaped = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')

/** A name with `*` for any characters, as an expression over whole names in any case; each `*` is a group. */
export const patternOf = (name: string): RegExp => new RegExp(`^${name.split('*').map(escaped).join('(.*)')}$`, 'i')

/** Whether one of these names, with `*` for any characters, means this role. */
export const isNamedBy = (roleName: string, names: readonly string[]): boolean => names.some((name) => patternOf(name).test(roleName))
