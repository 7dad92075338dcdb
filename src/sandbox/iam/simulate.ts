import { type CompiledPolicy, contextKeysOf, type PolicySource } from '../../policy/evaluate/index.ts'
import { parsePolicy } from '../../policy/parse.ts'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import type { QueryOperations } from '../protocol/query.ts'
import type { QueryParams } from '../protocol/query-params.ts'
import { members } from '../protocol/xml.ts'
import { pageEnd, pageRequest } from './paging.ts'
import { spokenTo } from './principals.ts'
import { readExclusions, readSimulation, type SimulationInput } from './simulation-input.ts'
import { evaluationResult, type Simulated } from './simulation-result.ts'
import { boundaryTexts, type Source, sourceOf, without } from './simulation-source.ts'

/** The policy simulators: the decision of the policy engine on policies that are stored, given, or left out. */
export const simulationOperations: QueryOperations = {
  SimulatePrincipalPolicy: {
    effect: 'read',
    run(params, context) {
      const arn = params.required('PolicySourceArn', { min: 20, max: 2048 })
      const source = without(sourceOf(arn, context), readExclusions(params))
      const input = readSimulation(params)
      const stored = source.policies.map((policy) => ({ source: labelled(policy.source, policy.owner), text: policy.text }))
      const boundaries = input.boundaries.length > 0 ? input.boundaries : boundaryTexts(source, context)
      const known = {
        ...input,
        boundaries,
        callerArn: input.callerArn ?? arn,
        context: [...ownContext(source, arn, context), ...input.context],
      }
      return simulate({ input: known, stored, params, context })
    },
  },

  SimulateCustomPolicy: {
    effect: 'read',
    run(params, context) {
      const input = readSimulation(params)
      if (input.policies.length === 0) throw new AwsError('InvalidInput', 400, 'PolicyInputList must not be empty.')
      return simulate({ input, stored: [], params, context })
    },
  },

  GetContextKeysForCustomPolicy: {
    effect: 'read',
    run(params, context) {
      const policies = params.list('PolicyInputList').map((text, place) => given('PolicyInputList', text, { place, context }))
      return members('ContextKeyNames', contextKeysOf(policies), (key) => key)
    },
  },

  GetContextKeysForPrincipalPolicy: {
    effect: 'read',
    run(params, context) {
      const source = sourceOf(params.required('PolicySourceArn', { min: 20, max: 2048 }), context)
      const stored = source.policies.map((policy) => context.policies.read(policy.source, policy.text))
      const more = params.list('PolicyInputList').map((text, place) => given('PolicyInputList', text, { place, context }))
      return members('ContextKeyNames', contextKeysOf([...stored, ...more]), (key) => key)
    },
  },
}

type Simulation = {
  readonly input: SimulationInput
  readonly stored: readonly { readonly source: PolicySource; readonly text: string }[]
  readonly params: QueryParams
  readonly context: CallContext
}

function simulate({ input, stored, params, context }: Simulation): string {
  const identity = [
    ...stored.map(({ source, text }) => context.policies.read(source, text)),
    ...input.policies.map((text, place) => given('PolicyInputList', text, { place, context })),
    ...resourcePolicies(input, context),
  ]
  const boundaries = input.boundaries.map((text, place) => given('PermissionsBoundaryPolicyInputList', text, { place, context }))
  const texts = new Map([
    ...stored.map(({ source, text }) => [source.id, text] as const),
    ...input.policies.map((text, place) => [idOf('PolicyInputList', place), text] as const),
    ...input.boundaries.map((text, place) => [idOf('PermissionsBoundaryPolicyInputList', place), text] as const),
  ])
  const layers = { identity, boundary: joined(boundaries) }
  const simulated: Simulated = { layers, texts, context: input.context, resources: input.resources }
  const page = pageRequest(params, `Simulate ${JSON.stringify({ ...params.record(), Marker: null })}`)
  const start = Number(page.after || '0')
  const shown = input.actions.slice(start, start + page.limit)
  const end = start + shown.length
  return (
    members('EvaluationResults', shown, (action) => evaluationResult(action, simulated)) +
    pageEnd(end < input.actions.length ? String(end) : null, page.question)
  )
}

/** What the policy of a resource allows a caller of the same account joins what its own policies allow. */
function resourcePolicies({ resourcePolicy, callerArn }: SimulationInput, context: CallContext): readonly CompiledPolicy[] {
  if (resourcePolicy === null) return []
  const { accountId, partition, caller } = context
  const names = [callerArn ?? caller.arn, accountId, `arn:${partition}:iam::${accountId}:root`]
  return [context.policies.read({ id: 'ResourcePolicy', name: 'ResourcePolicy', kind: 'input' }, spokenTo(names, resourcePolicy))]
}

const idOf = (list: string, place: number): string => `${list}.${place + 1}`

function given(list: string, text: string, { place, context }: { place: number; context: CallContext }): CompiledPolicy {
  const parsed = parsePolicy(text)
  if (!parsed.ok) throw new AwsError('InvalidInput', 400, `Invalid policy document in ${idOf(list, place)}: ${parsed.problem.message}`)
  return context.policies.read({ id: idOf(list, place), name: idOf(list, place), kind: 'input' }, text)
}

/** A boundary is one policy; the list of the simulator's parameter counts as one. */
function joined(policies: readonly CompiledPolicy[]): CompiledPolicy | null {
  const [first] = policies
  return first === undefined ? null : { source: first.source, statements: policies.flatMap(({ statements }) => statements) }
}

/** `role_app_work`, as the simulator calls an inline policy. */
function labelled(source: PolicySource, owner: { readonly kind: string; readonly name: string }): PolicySource {
  return source.kind === 'inline' ? { ...source, name: `${owner.kind}_${owner.name}_${source.name}` } : source
}

/** What the simulator knows of a principal without being told. */
function ownContext({ kind, name, tags }: Source, arn: string, { accountId, now }: CallContext): SimulationInput['context'] {
  return [
    ['aws:PrincipalArn', [arn]],
    ['aws:PrincipalAccount', [accountId]],
    ...(kind === 'user' ? ([['aws:username', [name]]] as const) : []),
    ...tags.map(({ key, value }) => [`aws:PrincipalTag/${key}`, [value]] as const),
    ['aws:CurrentTime', [now]],
    ['aws:EpochTime', [String(Math.floor(Date.parse(now) / 1000))]],
  ]
}
