/**
 * Three looks at a role, policy by policy: as the snapshot has it, as our change left it, as it is now. What we never touched is
 * somebody else's and stays; what we touched and somebody edited since is a conflict, and people decide.
 */
import type { RoleState } from '../account/role-state.ts'
import type { PlannedPolicy } from '../plan/plan.ts'
import { defaultText } from '../plan/role-state-policies.ts'
import { sameDocument } from '../policy/same-document.ts'

export type PolicyDrift = {
  readonly kind: 'inline' | 'attached' | 'boundary' | 'trust'
  /** The policy's name; its ARN for what is attached. */
  readonly name: string
  /** `theirs`: we never touched it. `restored`: it is as in the snapshot again. `conflict`: it is neither as before nor as we left it. */
  readonly verdict: 'theirs' | 'restored' | 'conflict'
  /** Texts of documents; null where the policy is not there. */
  readonly snapshot: string | null
  readonly ours: string | null
  readonly live: string | null
}

type Looked = Pick<PolicyDrift, 'kind' | 'name'> & { readonly text: string }

/** What one look saw, by kind and name; IAM compares names without case. */
export type PolicyTexts = ReadonlyMap<string, Looked>

const texts = (policies: readonly Looked[]): PolicyTexts =>
  new Map(policies.map((policy) => [`${policy.kind} ${policy.name.toLowerCase()}`, policy]))

export const textsOfState = ({ inline, attached, managed, boundary }: RoleState): PolicyTexts =>
  texts([
    ...inline.map(({ name, text }): Looked => ({ kind: 'inline', name, text })),
    ...attached.map(({ arn }): Looked => {
      const policy = managed.find((candidate) => candidate.arn === arn)
      return { kind: 'attached', name: arn, text: policy === undefined ? '' : defaultText(policy) }
    }),
    ...(boundary === null ? [] : [{ kind: 'boundary', name: boundary, text: boundary } as const]),
  ])

/** The same with the trust policy, for changes that touch it. */
export const withTrust = (state: RoleState): PolicyTexts =>
  new Map([...textsOfState(state), ['trust', { kind: 'trust', name: 'of the role', text: state.trust }]])

export const textsOfPlan = (policies: readonly PlannedPolicy[]): PolicyTexts =>
  texts(policies.map(({ name, kind, arn, text }): Looked => ({ kind: kind === 'inline' ? 'inline' : 'attached', name: arn ?? name, text })))

/** Every policy that is not as our change left it. */
export function threeWay(looks: {
  readonly snapshot: PolicyTexts
  readonly ours: PolicyTexts
  readonly live: PolicyTexts
}): readonly PolicyDrift[] {
  const keys = new Set([...looks.snapshot.keys(), ...looks.ours.keys(), ...looks.live.keys()])
  return [...keys].flatMap((key) => {
    const [snapshot, ours, live] = [looks.snapshot.get(key), looks.ours.get(key), looks.live.get(key)]
    const policy = live ?? ours ?? snapshot
    if (policy === undefined || isSame(ours, live)) return []
    const verdict = isSame(snapshot, ours) ? 'theirs' : isSame(snapshot, live) ? 'restored' : 'conflict'
    const { kind, name } = policy
    return [{ kind, name, verdict, snapshot: snapshot?.text ?? null, ours: ours?.text ?? null, live: live?.text ?? null } as const]
  })
}

const isSame = (a: Looked | undefined, b: Looked | undefined): boolean => sameDocument(a?.text ?? null, b?.text ?? null)
