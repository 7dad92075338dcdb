import type { NewChange } from '../ports/ledger.ts'
import type { ChangeOptions } from './use-cases.ts'

/** Says something before the first write of a change. */
export function warn({ onProgress }: ChangeOptions, { changeId, roleName, operations }: NewChange, warning: string | null): void {
  if (warning === null) return
  onProgress?.({ changeId, roleName, phase: 'preflight', k: 0, n: operations.length, outcome: 'pending', text: warning, cli: null })
}
