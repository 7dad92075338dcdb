import type { DriftChoice } from '../change/conflicts.ts'
import { readable } from '../change/drift-text.ts'
import type { PolicyDrift } from '../change/three-way.ts'
import { type DiffLine, diffTexts } from './document-diff.ts'

/** One policy that is not as our change left it, with what each hand did to it. */
export type ConflictPolicy = {
  readonly drift: PolicyDrift
  /** From the snapshot to what our change left. */
  readonly ours: readonly DiffLine[]
  /** From there to what is live now. */
  readonly theirs: readonly DiffLine[]
}

/** A change that was refused because somebody else had changed the role meanwhile; nothing was written. */
export type Conflict = { readonly roleName: string; readonly message: string; readonly policies: readonly ConflictPolicy[] }

const diff = (before: string | null, after: string | null): readonly DiffLine[] =>
  before === after ? [] : diffTexts(readable(before), readable(after))

export const conflictOf = (roleName: string, message: string, drift: readonly PolicyDrift[]): Conflict => ({
  roleName,
  message,
  policies: drift.map((one) => ({ drift: one, ours: diff(one.snapshot, one.ours), theirs: diff(one.ours, one.live) })),
})

/** What a choice makes of a policy: only what both have changed is ever written over, and only where that was asked for. */
export function fateOf({ verdict }: PolicyDrift, choice: DriftChoice): 'stays' | 'overwritten' | 'restored' {
  if (verdict === 'restored') return 'restored'
  return verdict === 'conflict' && choice === 'snapshot' ? 'overwritten' : 'stays'
}
