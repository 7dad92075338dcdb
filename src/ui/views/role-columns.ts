import type { RoleColumnId } from '../state.ts'

/** What the list of roles shows until the user chooses otherwise. */
export const usualColumns: readonly RoleColumnId[] = ['risk', 'grade', 'unused', 'last', 'stage']
