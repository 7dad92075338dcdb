import type { AccessRequest } from './access-request.ts'
import type { LayerName, Verdict } from './verdict.ts'

/** How AWS calls the policies of a layer, with and without an article. */
const LAYER_WORDS: Readonly<Record<LayerName, { readonly one: string; readonly none: string }>> = {
  identity: { one: 'an identity-based policy', none: 'no identity-based policy' },
  boundary: { one: 'a permissions boundary', none: 'no permissions boundary' },
  session: { one: 'a session policy', none: 'no session policy' },
  organization: { one: 'a service control policy', none: 'no service control policy' },
}

/**
 * The sentence with which AWS refuses; null when the request is allowed. One kind of policy is named, even where several deny.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denialMessage({ principal, action, resource }: AccessRequest, verdict: Verdict): string | null {
  const { decidedBy } = verdict
  if (decidedBy === null) return null
  const refusal = `User: ${principal ?? 'anonymous'} is not authorized to perform: ${action} on resource: ${resource}`
  return `${refusal} ${denialReason(decidedBy, action, verdict)}`
}

function denialReason(layer: LayerName, action: string, { decision, layers }: Verdict): string {
  if (decision === 'implicitDeny') return `because ${LAYER_WORDS[layer].none} allows the ${action} action`
  const deny = layers.find((one) => one.layer === layer)?.statements.find(({ effect, matched }) => matched && effect === 'Deny')
  const arn = deny?.source.arn
  return `with an explicit deny in ${LAYER_WORDS[layer].one}${arn === undefined ? '' : `: ${arn}`}`
}
