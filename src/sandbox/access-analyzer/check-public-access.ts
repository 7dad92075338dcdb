import { listOf, readStatements } from '../iam/malformed-policy.ts'
import { principalsOf } from '../iam/principals.ts'
import { invalid, requiredText } from '../protocol/json-params.ts'
import type { RestOperation } from '../protocol/rest-json.ts'
import { type GuiltyStatement, verdict } from './check-verdict.ts'
import { resourcePolicyAsked } from './principals-as-conditions.ts'

/**
 * Keys that bind a request to known accounts, networks or resources when their values are fixed. Any other condition may be met by
 * everybody.
 */
const BINDING_KEYS =
  /^(aws:(SourceAccount|SourceArn|SourceIp|SourceOwner|SourceVpc|SourceVpce|SourceOrgID|SourceOrgPaths|PrincipalAccount|PrincipalArn|PrincipalOrgID|PrincipalOrgPaths|userid)|kms:CallerAccount|s3:DataAccessPointAccount|s3:DataAccessPointArn|lambda:FunctionUrlAuthType|sns:Endpoint)$/i
const BINDING_OPERATORS = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/i
const EVERYWHERE = new Set(['0.0.0.0/0', '::/0'])

const OPEN = /^[*?]*$/

const RESOURCE_TYPE = /^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/

export const publicAccessOperations: readonly RestOperation[] = [
  {
    name: 'CheckNoPublicAccess',
    method: 'POST',
    path: '/policy/check-no-public-access',
    effect: 'read',
    run(params) {
      const type = requiredText(params, 'resourceType')
      if (!RESOURCE_TYPE.test(type)) throw invalid(`resourceType ${type} is not valid`)
      const document = resourcePolicyAsked(requiredText(params, 'policyDocument'))
      return verdict(publicStatements(readStatements(document)), {
        pass: 'The resource policy does not grant public access for the given resource type.',
        fail: 'The resource policy grants public access for the given resource type.',
        reason: (index) => `Public access granted in the following statement with index: ${index}.`,
      })
    },
  },
]

function publicStatements(statements: readonly Readonly<Record<string, unknown>>[]): readonly GuiltyStatement[] {
  return statements.flatMap((statement, index) => {
    if (statement.Effect !== 'Allow' || isBound(statement.Condition)) return []
    const everybody = statement.NotPrincipal !== undefined || principalsOf(statement.Principal).some(([, name]) => name === '*')
    return everybody ? [{ index, sid: typeof statement.Sid === 'string' ? statement.Sid : null }] : []
  })
}

function isBound(condition: unknown): boolean {
  return Object.entries(Object(condition)).some(
    ([operator, tests]) =>
      BINDING_OPERATORS.test(operator) &&
      Object.entries(Object(tests)).some(([key, values]) => BINDING_KEYS.test(key) && listOf(values).every(isFixed)),
  )
}

/** A value that not just anybody can bring along: no star alone, no account left open in an ARN. */
function isFixed(value: unknown): boolean {
  const text = String(value)
  if (EVERYWHERE.has(text)) return false
  if (!text.startsWith('arn:')) return !OPEN.test(text)
  const [, , service, , account = '', ...resource] = text.split(':')
  return service === 's3' ? !/^[*?]/.test(resource.join(':')) : account !== '' && !OPEN.test(account)
}
