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
import { boundaryOf, type SimulatedPolicy, type Source, sourceOf, without } from './simulation-source.ts'

/** The policy simulators: the decision of the policy engine on policies that are stored, given, or left out. */
export const simulationOperations: QueryOperations = {
  SimulatePrincipalPolicy: {
    effect: 'read',
    run(params, context) {
      const arn = params.required('PolicySourceArn', { min: 20, max: 2048 })
      const source = without(sourceOf(arn, context), readExclusions(params))
      const input = readSimulation(params)
      const stored = source.policies.map((policy) => ({ source: labelled(policy.source, policy.owner), text: policy.text }))
      const known = {
        ...input,
        callerArn: input.callerArn ?? arn,
        context: [...ownContext(source, arn, context), ...input.context],
      }
      return simulate({ input: known, stored, boundary: boundaryOf(source, context), params, context })
    },
  },

  SimulateCustomPolicy: {
    effect: 'read',
    run(params, context) {
      const input = readSimulation(params)
      if (input.policies.length === 0) throw new AwsError('InvalidInput', 400, 'PolicyInputList must not be empty.')
      return simulate({ input, stored: [], boundary: [], params, context })
    },
  },

  GetContextKeysForCustomPolicy: {
    effect: 'read',
    run(params, context) {
      const policies = compiled(given('PolicyInputList', params.list('PolicyInputList')), context)
      return members('ContextKeyNames', contextKeysOf(policies), (key) => key)
    },
  },

  GetContextKeysForPrincipalPolicy: {
    effect: 'read',
    run(params, context) {
      const source = sourceOf(params.required('PolicySourceArn', { min: 20, max: 2048 }), context)
      const policies = [...source.policies, ...given('PolicyInputList', params.list('PolicyInputList'))]
      return members('ContextKeyNames', contextKeysOf(compiled(policies, context)), (key) => key)
    },
  },
}

type Simulation = {
  readonly input: SimulationInput
  readonly stored: readonly SimulatedPolicy[]
  /** The source's own; boundaries that are given take its place. */
  readonly boundary: readonly SimulatedPolicy[]
  readonly params: QueryParams
  readonly context: CallContext
}

function simulate({ input, stored, boundary, params, context }: Simulation): string {
  const policies = [...stored, ...given('PolicyInputList', input.policies)]
  const boundaries = input.boundaries.length > 0 ? given('PermissionsBoundaryPolicyInputList', input.boundaries) : boundary
  const levels = input.organization.map((texts, place) => given(`OrderedOrganizationPolicyInputList.${place + 1}`, texts))
  const texts = new Map([...policies, ...boundaries, ...levels.flat()].map(({ source, text }) => [source.id, text]))
  const layers = {
    identity: [...compiled(policies, context), ...resourcePolicies(input, context)],
    boundary: joined(compiled(boundaries, context)),
    organization: levels.map((level) => compiled(level, context)),
  }
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

/** Policies of a parameter, by their places in its list. */
function given(list: string, texts: readonly string[]): readonly SimulatedPolicy[] {
  return texts.map((text, place) => {
    const name = `${list}.${place + 1}`
    const parsed = parsePolicy(text)
    if (!parsed.ok) throw new AwsError('InvalidInput', 400, `Invalid policy document in ${name}: ${parsed.problem.message}`)
    return { source: { id: name, name, kind: 'input' }, text }
  })
}

function compiled(policies: readonly SimulatedPolicy[], context: CallContext): readonly CompiledPolicy[] {
  return policies.map(({ source, text }) => context.policies.read(source, text))
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
