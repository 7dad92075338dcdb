import { AwsError } from '../aws-error.ts'
import type { QueryParams } from '../protocol/query-params.ts'

/** What both simulators take. */
export type SimulationInput = {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly policies: readonly string[]
  readonly boundaries: readonly string[]
  /** Service control policies, from the organization's root to the account. */
  readonly organization: readonly (readonly string[])[]
  readonly resourcePolicy: string | null
  readonly callerArn: string | null
  readonly context: readonly (readonly [key: string, values: readonly string[]])[]
}

/** One entry of `PolicyExclusionList`. */
export type Exclusion =
  | { readonly kind: 'arn'; readonly pattern: string }
  | { readonly kind: 'inline'; readonly policy: string; readonly ownerKind: string; readonly owner: string }
  | { readonly kind: 'type'; readonly type: string }

const MOST_EXCLUSIONS = 256
const TYPES = ['inline', 'user-managed', 'aws-managed', 'permission-boundary', 'scp', 'rcp']

export function readSimulation(params: QueryParams): SimulationInput {
  const actions = params.list('ActionNames')
  if (actions.length === 0) throw invalidInput('ActionNames must not be empty.')
  const wrong = actions.find((action) => action.length < 3 || action.length > 128 || !/^[^:]+:[^:]+$/.test(action))
  if (wrong !== undefined) throw invalidInput(`Invalid Action Name: ${wrong}`)
  return {
    actions,
    resources: params.list('ResourceArns'),
    policies: params.list('PolicyInputList'),
    boundaries: params.list('PermissionsBoundaryPolicyInputList'),
    organization: readOrganization(params),
    resourcePolicy: params.optional('ResourcePolicy'),
    callerArn: params.optional('CallerArn'),
    context: readContext(params),
  }
}

function readContext(params: QueryParams): SimulationInput['context'] {
  const entries: (readonly [string, readonly string[]])[] = []
  for (let n = 1; ; n++) {
    const name = params.optional(`ContextEntries.member.${n}.ContextKeyName`)
    if (name === null) return entries
    const values = params.list(`ContextEntries.member.${n}.ContextKeyValues`)
    if (values.length === 0) throw invalidInput(`No values for the context key ${name}.`)
    entries.push([name, values])
  }
}

function readOrganization(params: QueryParams): SimulationInput['organization'] {
  const levels: (readonly string[])[] = []
  for (let n = 1; ; n++) {
    const level = params.list(`OrderedOrganizationPolicyInputList.member.${n}.ServiceControlPolicyInputList`)
    if (level.length === 0) return levels
    levels.push(level)
  }
}

export function readExclusions(params: QueryParams): readonly Exclusion[] {
  const exclusions: Exclusion[] = []
  for (let n = 1; ; n++) {
    const entry = `PolicyExclusionList.member.${n}`
    const arn = params.optional(`${entry}.PolicyArn`)
    const type = params.optional(`${entry}.PolicyType`)
    const policy = params.optional(`${entry}.InlinePolicyIdentifier.PolicyName`)
    if (arn !== null) exclusions.push({ kind: 'arn', pattern: exclusionPattern(arn) })
    else if (type !== null && TYPES.includes(type)) exclusions.push({ kind: 'type', type })
    else if (policy !== null) {
      const ownerKind = params.required(`${entry}.InlinePolicyIdentifier.AttachmentType`).toLowerCase()
      const owner = params.required(`${entry}.InlinePolicyIdentifier.AttachmentName`)
      exclusions.push({ kind: 'inline', policy, ownerKind, owner })
    } else if (type !== null) throw invalidInput(`Invalid policy type: ${type}`)
    else break
  }
  if (exclusions.length > MOST_EXCLUSIONS) throw invalidInput(`At most ${MOST_EXCLUSIONS} exclusions are allowed.`)
  return exclusions
}

function exclusionPattern(arn: string): string {
  if (!/^arn:[\w-]+:iam::(aws|\d{12}):policy\/./.test(arn) || arn.split('*').length > 2) throw invalidInput(`Invalid policy ARN: ${arn}`)
  return arn
}

function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInput', 400, message)
}
