import { policySize } from '../../policy/size.ts'
import type { QueryOperations } from '../protocol/query.ts'
import { documentElement, element, members } from '../protocol/xml.ts'
import { deleteInlinePolicy, findInlinePolicy, inlinePoliciesOf, putInlinePolicy } from '../state/inline-policy-table.ts'
import { checkIdentityDocument } from './identity-document.ts'
import { limitExceeded, noSuchEntity, roleAsked, roleToChange } from './lookup.ts'
import { pageEnd, pageOf, pageRequest } from './paging.ts'
import { quotas } from './quotas.ts'
import * as rules from './rules.ts'

/** A role's own policies. */
export const inlinePolicyOperations: QueryOperations = {
  ListRolePolicies: {
    effect: 'read',
    run(params, context) {
      const role = roleAsked(params, context)
      const page = pageRequest(params, `ListRolePolicies ${role.id}`)
      const names = inlinePoliciesOf(context.database, role.id).map((policy) => policy.name)
      const { shown, next } = pageOf(names, page, (name) => name.toLowerCase())
      return members('PolicyNames', shown, (name) => name) + pageEnd(next, page.question)
    },
  },

  GetRolePolicy: {
    effect: 'read',
    run(params, context) {
      const role = roleAsked(params, context)
      const name = params.required('PolicyName', rules.policyName)
      const policy = findInlinePolicy(context.database, role.id, name)
      if (policy === null) throw noInlinePolicy(name)
      return element('RoleName', role.name) + element('PolicyName', policy.name) + documentElement('PolicyDocument', policy.document)
    },
  },

  PutRolePolicy: {
    effect: 'write',
    run(params, context) {
      const name = params.required('PolicyName', rules.policyName)
      const document = params.required('PolicyDocument', rules.policyDocument)
      const role = roleToChange(params, context)
      checkIdentityDocument(document, 'inline')
      const others = inlinePoliciesOf(context.database, role.id).filter((policy) => policy.name.toLowerCase() !== name.toLowerCase())
      const sum = others.reduce((size, policy) => size + policySize(policy.document), policySize(document))
      if (sum > quotas.RolePolicySizeQuota)
        throw limitExceeded(`Maximum policy size of ${quotas.RolePolicySizeQuota} bytes exceeded for role ${role.name}`)
      putInlinePolicy(context.database, role.id, { name, document })
      return null
    },
  },

  DeleteRolePolicy: {
    effect: 'write',
    run(params, context) {
      const name = params.required('PolicyName', rules.policyName)
      const role = roleToChange(params, context)
      if (!deleteInlinePolicy(context.database, role.id, name)) throw noInlinePolicy(name)
      return null
    },
  },
}

function noInlinePolicy(name: string) {
  return noSuchEntity(`The role policy with name ${name} cannot be found.`)
}
