import type { RolePlan } from '../plan/plan.ts'

/** What the outside shall do, as plain data. The runner does it against the use cases and the terminal. */
type EffectMap = {
  readonly 'load-last-scan': object
  readonly scan: object
  readonly 'cancel-scan': object
  /** Waits `delay` ms first, and a newer one replaces it: the detail pane follows a moving cursor without asking for every row. */
  readonly show: { readonly roleName: string; readonly delay: number }
  readonly plan: { readonly roleName: string }
  readonly 'load-history': object
  readonly 'load-interrupted': object
  /** `plan` is the one the user has seen, null where none was made yet. */
  readonly 'prepare-apply': { readonly roleName: string; readonly plan: RolePlan | null }
  readonly 'find-undoable': { readonly roleName: string }
  readonly apply: {
    readonly plan: RolePlan
    readonly stage: number
    readonly overrides: readonly string[]
    readonly reason: string | null
  }
  readonly rollback: { readonly changeId: string }
  readonly recover: { readonly changeId: string; readonly way: 'resume' | 'rollback' }
  readonly copy: { readonly text: string }
  readonly suspend: object
  readonly exit: { readonly code: number }
}

export type EffectKind = keyof EffectMap
export type Effect<K extends EffectKind = EffectKind> = { [P in K]: { readonly kind: P } & EffectMap[P] }[K]
