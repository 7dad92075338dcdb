import type { Effect } from '../document.ts'
import type { Decision, LayerName } from './verdict.ts'

/** A layer of policies, as far as the decision needs it: whether any of its statements takes effect, by effect. */
export type LayerFacts = { readonly layer: LayerName; matches(effect: Effect): boolean }

export type Outcome = { readonly decision: Decision; readonly decidedBy: LayerName | null }

/**
 * A Deny in any layer denies; else every layer must allow. The first layer in order is the one that is named.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 *
 * Control policies of an organization are further layers of this kind. The policy of a resource is not: what it allows joins
 * the identity layer (or passes by all layers, where it names the session), and only its Deny counts as here.
 */
export function decide(layers: readonly LayerFacts[]): Outcome {
  const denying = layers.find((layer) => layer.matches('Deny'))
  if (denying !== undefined) return { decision: 'explicitDeny', decidedBy: denying.layer }
  const silent = layers.find((layer) => !layer.matches('Allow'))
  if (silent !== undefined) return { decision: 'implicitDeny', decidedBy: silent.layer }
  return { decision: 'allowed', decidedBy: null }
}
