import type { AccessLevel } from './access-level.ts'

/** The alphabet of the generated catalog file: shared by the script that writes it and the reader. */
export const LEVELS: readonly AccessLevel[] = ['Read', 'List', 'Write', 'Tagging', 'Permissions management']
export const TRACKED: readonly (boolean | null)[] = [true, false, null]

/** One mark ends each name: its place is `level × 3 + tracked`. None of them occurs in an action name. */
export const MARKS = '!#%&()*+,./:;<='

/** How many leading characters a name shares with the one before it, as one digit. */
export const PREFIX_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
