/**
 * What AWS would answer to a request, from the policies of the one who asks.
 *
 *   s3:GetObject on arn:aws:s3:::logs/a, identity: Allow s3:* on *, boundary: Allow ec2:* on *
 *   → implicitDeny, decided by the boundary; the identity's statement matched
 */
import type { AccessRequest } from './access-request.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import { distinctKeys } from './context-keys.ts'
import { decide, type LayerFacts } from './decide.ts'
import { explainStatement, missingKeysOf, statementMatches } from './match-statement.ts'
import type { LayerName, LayerVerdict, StatementVerdict, Verdict } from './verdict.ts'

/** The policies that a request is under. */
export type PolicyLayers = {
  /** Inline and managed policies of the user with its groups, or of the role; none allow nothing. */
  readonly identity: readonly CompiledPolicy[]
  readonly boundary?: CompiledPolicy | null
  /** Passed when the session was opened; without any the session is as wide as its role. */
  readonly session?: readonly CompiledPolicy[]
  /** Service control policies by level, from the organization's root to the account: each level must allow. */
  readonly organization?: readonly (readonly CompiledPolicy[])[]
}

export function evaluateRequest(policies: PolicyLayers, request: AccessRequest): Verdict {
  const layers = presentLayers(policies).map(({ layer, policies: members }) => explainLayer(layer, members, request))
  const { decision, decidedBy } = decide(layers.map(factsOf))
  const statements = layers.flatMap((layer) => layer.statements)
  const effect = decision === 'allowed' ? 'Allow' : 'Deny'
  return {
    decision,
    decidedBy,
    layers,
    deciding: statements.filter((statement) => statement.matched && statement.effect === effect),
    missingContextValues: distinctKeys(statements.flatMap(missingKeysOf)),
  }
}

/** The decision alone, by the same tests, as soon as it is certain. */
export function isAllowed(policies: PolicyLayers, request: AccessRequest): boolean {
  const layers = presentLayers(policies).map(
    ({ layer, policies: members }): LayerFacts => ({
      layer,
      matches: (effect) =>
        members.some(({ statements }) => statements.some((one) => one.statement.effect === effect && statementMatches(one, request))),
    }),
  )
  return decide(layers).decision === 'allowed'
}

type Layer = { readonly layer: LayerName; readonly policies: readonly CompiledPolicy[] }

function presentLayers({ identity, boundary = null, session = [], organization = [] }: PolicyLayers): readonly Layer[] {
  const layers: Layer[] = [{ layer: 'identity', policies: identity }]
  if (boundary !== null) layers.push({ layer: 'boundary', policies: [boundary] })
  if (session.length > 0) layers.push({ layer: 'session', policies: session })
  for (const level of organization) layers.push({ layer: 'organization', policies: level })
  return layers
}

function explainLayer(layer: LayerName, policies: readonly CompiledPolicy[], request: AccessRequest): LayerVerdict {
  const statements = policies.flatMap(({ source, statements: compiled }) => compiled.map((one) => explainStatement(one, request, source)))
  return { layer, decision: decide([factsOf({ layer, statements })]).decision, statements }
}

const factsOf = ({ layer, statements }: { readonly layer: LayerName; readonly statements: readonly StatementVerdict[] }): LayerFacts => ({
  layer,
  matches: (effect) => statements.some((statement) => statement.matched && statement.effect === effect),
})
