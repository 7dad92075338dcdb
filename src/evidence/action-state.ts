import type { AccessLevel } from '../policy/access-level.ts'
import type { ActionName, Iso } from '../policy/names.ts'
import type { EvidenceSourceId } from './evidence.ts'

/** `required`: kept because something else needs it. granted = the sum of the four. */
export type ActionState = 'used' | 'unused' | 'unknown' | 'required'

/** One granted action of a role with the reason for its state: the "because" of every screen. */
export type JudgedAction = {
  readonly action: ActionName
  readonly state: ActionState
  readonly lastAccessed: Iso | null
  /** Null where no source speaks of the action. */
  readonly source: EvidenceSourceId | null
  readonly reason: string
  /** Age of the evidence at the time of the scan, in whole days; null without a source. */
  readonly evidenceAge: number | null
  /** Null where the catalog does not know the action. */
  readonly accessLevel: AccessLevel | null
}
