import { matchesPattern } from '../../policy/match-pattern.ts'
import type { CallContext } from '../call-context.ts'
import type { NamedPolicy } from '../callers/principal-policies.ts'
import type { QueryOperations } from '../protocol/query.ts'
import { element, members } from '../protocol/xml.ts'
import { sourceOf } from './simulation-source.ts'

/** Which policies of a principal allow anything of a service. */
export const serviceGrantOperations: QueryOperations = {
  ListPoliciesGrantingServiceAccess: {
    effect: 'read',
    run(params, context) {
      const source = sourceOf(params.required('Arn', { min: 20, max: 2048 }), context)
      const list = members('PoliciesGrantingServiceAccess', params.list('ServiceNamespaces'), (service) => {
        const granting = source.policies.filter((policy) => allowsService(policy, service, context))
        return element('ServiceNamespace', service) + members('Policies', granting, policyElement)
      })
      return list + element('IsTruncated', false)
    },
  },
}

function policyElement({ source, owner }: NamedPolicy): string {
  const name = element('PolicyName', source.name)
  if (source.arn !== undefined) return name + element('PolicyType', 'MANAGED') + element('PolicyArn', source.arn)
  return name + element('PolicyType', 'INLINE') + element('EntityType', owner.kind.toUpperCase()) + element('EntityName', owner.name)
}

/** By the patterns' prefixes: `NotAction` grants a service unless it excludes all of it. */
function allowsService({ source, text }: NamedPolicy, service: string, { policies }: CallContext): boolean {
  return policies.read(source, text).statements.some(({ statement }) => {
    if (statement.effect !== 'Allow') return false
    const { kind, patterns } = statement.actions
    if (kind === 'NotAction') return !patterns.some((pattern) => matchesPattern(pattern.toLowerCase(), `${service}:*`))
    return patterns.some((pattern) => pattern === '*' || pattern.toLowerCase().startsWith(`${service}:`))
  })
}
