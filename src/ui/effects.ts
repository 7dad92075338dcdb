import type { DriftChoice } from '../change/conflicts.ts'
import type { RolePlan } from '../plan/plan.ts'
import type { ReportFormat } from '../report/render/render-report.ts'
import type { Lang } from '../words/index.ts'
import type { BatchWay } from './change-run.ts'
import type { Choice } from './state.ts'

/** What is written into a file: values that are here, or those that a use case gives. */
export type ExportRequest =
  | { readonly what: 'json'; readonly name: string; readonly value: unknown }
  | { readonly what: 'plan'; readonly roleName: string; readonly choice: Choice }
  | { readonly what: 'report'; readonly format: ReportFormat; readonly lang: Lang }

/** What the outside shall do, as plain data. The runner does it against the use cases and the terminal. */
type EffectMap = {
  readonly 'load-last-scan': object
  /** `first`: the role on the screen, whose evidence is asked for before that of the others. */
  readonly scan: { readonly first: string | null }
  readonly 'cancel-scan': object
  /** Waits `delay` ms first, and a newer one replaces it: the detail pane follows a moving cursor without asking for every row. */
  readonly show: { readonly roleName: string; readonly delay: number }
  /** The risk that a decision removes, for all roles. */
  readonly 'find-gains': object
  readonly plan: { readonly roleName: string; readonly choice: Choice }
  readonly 'load-history': object
  readonly 'load-interrupted': object
  /** `plan` is the one the user has seen, null where none was made yet. */
  readonly 'prepare-apply': { readonly roleName: string; readonly plan: RolePlan | null; readonly choice: Choice }
  readonly 'find-undoable': { readonly roleName: string }
  readonly apply: {
    readonly plan: RolePlan
    readonly stage: number
    readonly overrides: readonly string[]
    readonly reason: string | null
  }
  /** `drift` says what becomes of edits of somebody else; null: they are shown and nothing is written. */
  readonly rollback: { readonly changeId: string; readonly drift: DriftChoice | null }
  readonly recover: { readonly changeId: string; readonly way: 'resume' | 'rollback'; readonly drift: DriftChoice | null }
  readonly 'give-back': { readonly changeId: string; readonly action: string }
  readonly quarantine: { readonly roleName: string }
  readonly release: { readonly roleName: string; readonly drift: DriftChoice | null }
  /** The next stages of several roles, or their newest changes taken back, one after another; what a role's preparation refuses is told and the next one follows. */
  readonly batch: {
    readonly way: BatchWay
    readonly roleNames: readonly string[]
    readonly choices: ReadonlyMap<string, Choice>
    readonly lang: Lang
  }
  readonly 'find-removed': { readonly changeId: string }
  readonly watch: object
  readonly report: object
  readonly export: ExportRequest
  readonly page: { readonly name: string; readonly text: string; readonly with: 'pager' | 'editor' }
  readonly 'set-preference': { readonly key: string; readonly value: string }
  readonly copy: { readonly text: string }
  readonly redraw: object
  readonly suspend: object
  readonly exit: { readonly code: number }
}

export type EffectKind = keyof EffectMap
export type Effect<K extends EffectKind = EffectKind> = { [P in K]: { readonly kind: P } & EffectMap[P] }[K]
