/**
 * What AWS itself proposes for a role, beside what this program would remove: where the two differ, and why. Asked for one
 * role at a time, when somebody looks at it.
 */
import type { Role } from '../account/account.ts'
import type { RolePolicy } from '../account/role-policies.ts'
import { readTrust } from '../account/trust.ts'
import type { ActionState } from '../evidence/action-state.ts'
import { type ActionSet, countOf, difference, indexesOf, intersection } from '../policy/action-set.ts'
import { grantedActions } from '../policy/grants.ts'
import type { ActionName } from '../policy/names.ts'
import { type Advised, type RecommendedStep, takenByAnalyzer } from '../ports/advice.ts'
import type { ReadOptions } from '../ports/aws.ts'
import type { AccountAnalysis } from './analysis.ts'
import type { AppContext } from './context.ts'

export type AwsAdvice = {
  readonly source: 'finding-recommendation' | 'policy-generation'
  readonly status: Advised<unknown>['status']
  readonly why: string
  /** Actions that AWS's proposal takes away, over all of the role's policies. */
  readonly removes: number
  /** What AWS would remove and we keep, with our reason. */
  readonly onlyAws: readonly { readonly action: ActionName; readonly state: ActionState; readonly reason: string }[]
  /** What we call unused and AWS keeps. */
  readonly onlyHere: readonly ActionName[]
}

export async function adviceOn(
  { advice, window: days }: Pick<AppContext, 'advice' | 'window'>,
  analysis: AccountAnalysis,
  role: Role,
  options: ReadOptions = {},
): Promise<readonly AwsAdvice[]> {
  if (advice === null) return []
  const { account, evidence, window, read, universe } = analysis
  const { policies } = analysis.role(role)
  const { recommendation, generation } = await advice.readAdvice(
    {
      role,
      findings: evidence.byRole.get(role.arn)?.findings ?? [],
      trailReaders: account.roles.filter(({ trust }) => takenByAnalyzer(readTrust(trust))).map(({ arn }) => arn),
      window: { from: new Date(window.now - days * 86_400_000), to: new Date(window.now) },
    },
    options,
  )
  const left = (texts: readonly string[]): ActionSet =>
    grantedActions(
      universe,
      texts.flatMap((text) => {
        const parsed = read(text)
        return parsed.ok ? [parsed.document] : []
      }),
    )
  return [
    compare(analysis, role, {
      source: 'finding-recommendation',
      advised: recommendation,
      left: (steps) => left(carriedOut(policies, steps)),
    }),
    compare(analysis, role, { source: 'policy-generation', advised: generation, left }),
  ]
}

/** The role's documents after the steps. */
function carriedOut(policies: readonly RolePolicy[], steps: readonly RecommendedStep[]): readonly string[] {
  return policies.flatMap(({ name, arn, text }) => {
    const step = steps.find(({ policy }) => policy === arn || policy === name)
    return step === undefined ? [text] : step.document === null ? [] : [step.document]
  })
}

type Proposal<Value> = { readonly source: AwsAdvice['source']; readonly advised: Advised<Value>; left(value: Value): ActionSet }

function compare<Value>({ universe, ...analysis }: AccountAnalysis, role: Role, { source, advised, left }: Proposal<Value>): AwsAdvice {
  const { status, why } = advised
  if (advised.value === null) return { source, status, why, removes: 0, onlyAws: [], onlyHere: [] }
  const { judgement } = analysis.role(role)
  const removed = difference(judgement.granted, left(advised.value))
  const onlyAws = indexesOf(difference(removed, judgement.unused)).map((index) => {
    const { action, state, reason } = judgement.explain(index)
    return { action, state, reason }
  })
  const onlyHere = indexesOf(difference(judgement.unused, intersection(judgement.unused, removed))).map((at) => universe.names[at] ?? '')
  return { source, status, why, removes: countOf(removed), onlyAws, onlyHere }
}
