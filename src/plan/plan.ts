import type { ActionName, Arn, Iso } from '../policy/names.ts'
import type { PlanSummary } from './decisions.ts'
import type { LostSiblings } from './lost-siblings.ts'
import type { Operation } from './operation.ts'

/** An identity policy of a role at one point of a plan. `document` is the parsed object, `text` the exact text. */
export type PlannedPolicy = {
  readonly name: string
  readonly kind: 'inline' | 'managed' | 'aws-managed'
  readonly arn?: Arn
  readonly document: unknown
  readonly text: string
}

/** An operation with the name or ARN of what it acts on, for lists and scripts. */
export type PlannedOperation = Operation & { readonly target: string }

/** Characters without white space against the quotas. */
export type PlanSizes = {
  readonly inline: number
  readonly inlineLimit: number
  readonly managed: readonly { readonly name: string; readonly size: number; readonly limit: number }[]
  readonly limitOk: boolean
}

/** What was proved. All three false or true by themselves; a stage is applicable when all are true. */
export type StageProof = {
  readonly noNewAccess: boolean
  readonly usedKept: boolean
  readonly prefixes: boolean
  /** Why the first failing part fails, with the atom or action; null when everything holds. */
  readonly counterexample: string | null
}

export type PlanStage = {
  /** 1…k, for ever. */
  readonly n: number
  /** Present on a stage that denies what the later ones take away, and rewrites nothing. */
  readonly kind?: 'overlay'
  readonly title: string
  readonly startHash: string
  readonly removes: readonly ActionName[]
  readonly before: readonly PlannedPolicy[]
  readonly after: readonly PlannedPolicy[]
  readonly operations: readonly PlannedOperation[]
  readonly proof: StageProof
  readonly sizes: PlanSizes
  readonly riskAfter: number
  readonly decisions: number
}

/** Whether an overlay that was asked for is the first stage, and if not, why. */
export type OverlayVerdict = { readonly fits: boolean; readonly why: string | null }

/** A policy of the account that the plan copies for the role, and who else has it. */
export type SharedPolicy = {
  readonly policyName: string
  readonly policyArn: Arn
  readonly roles: readonly string[]
  readonly users: readonly string[]
  readonly groups: readonly string[]
}

export type RolePlan = {
  readonly roleName: string
  readonly arn: Arn
  readonly roleId: string
  readonly stateHash: string
  readonly stages: readonly PlanStage[]
  readonly keptUnknown: readonly ActionName[]
  /** Removed although no source proves them unused, because the admin asked for it by name. */
  readonly asked: readonly ActionName[]
  readonly required: readonly ActionName[]
  /** Why, by action. */
  readonly requiredReasons?: Readonly<Record<ActionName, string>>
  /** Services whose future and uncatalogued actions the plan drops, because a wildcard becomes a list. */
  readonly dropsFuture: readonly string[]
  /** Policies whose grants have no date in the API. */
  readonly undated: readonly string[]
  /** What stays although something that undoes it goes. */
  readonly lostSiblings?: readonly LostSiblings[]
  readonly shared?: readonly SharedPolicy[]
  /** Present where an overlay was asked for. */
  readonly overlay?: OverlayVerdict
  /** Why no stage removes more than it does, where there is something to say (nothing fits, a policy does not parse). */
  readonly notes: readonly string[]
}

/** `plan --json`, what `--out` writes and what `apply PLAN-FILE` reads. */
export type PlanFile = {
  readonly planVersion: 1
  readonly accountId: string | null
  readonly scanId: string
  readonly createdAt: Iso
  /** Days. */
  readonly window: number
  readonly minAge: number
  readonly summary?: PlanSummary
  readonly roles: readonly RolePlan[]
}
