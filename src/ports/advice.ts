import type { Role } from '../account/account.ts'
import type { Trust } from '../account/trust.ts'
import type { UnusedAccessFinding } from '../evidence/evidence.ts'
import type { Arn } from '../policy/names.ts'
import type { ReadOptions } from './aws.ts'

/** One step of a finding's recommendation: a policy is detached, or another document stands in its place. */
export type RecommendedStep = {
  /** ARN of a managed policy, or name of an inline one. */
  readonly policy: string
  /** Null where the policy goes. */
  readonly document: string | null
}

/** What AWS proposes for one role. `pending`: AWS is working on it, ask again later. */
export type Advised<Value> =
  | { readonly status: 'connected'; readonly why: string; readonly value: Value }
  | { readonly status: 'pending' | 'missing'; readonly why: string; readonly value: null }

export type RoleAdvice = {
  /** Of Access Analyzer's findings on unused permissions. */
  readonly recommendation: Advised<readonly RecommendedStep[]>
  /** Policies made from what a trail saw: management events, denied calls too, never `iam:PassRole`. */
  readonly generation: Advised<readonly string[]>
}

export type AdviceQuestion = {
  readonly role: Role
  readonly findings: readonly UnusedAccessFinding[]
  /** Roles of the account that Access Analyzer may take, to read a trail. */
  readonly trailReaders: readonly Arn[]
  readonly window: { readonly from: Date; readonly to: Date }
}

/** Asks AWS about one role at a time, never in bulk. A source that fails is `missing`, never an exception. */
export type AdviceReader = { readAdvice(question: AdviceQuestion, options?: ReadOptions): Promise<RoleAdvice> }

/** The service that makes policies from trails. */
export const takenByAnalyzer = ({ principals }: Trust): boolean =>
  principals.some(({ kind, who }) => kind === 'service' && who.startsWith('access-analyzer.'))
