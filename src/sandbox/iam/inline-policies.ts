import { policySize } from '../../policy/size.ts'
import type { QueryOperations } from '../protocol/query.ts'
import { documentElement, element, members } from '../protocol/xml.ts'
import { deleteInlinePolicy, findInlinePolicy, inlinePoliciesOf, putInlinePolicy } from '../state/inline-policy-table.ts'
import { checkIdentityDocument } from './identity-document.ts'
import { limitExceeded, noSuchEntity } from './lookup.ts'
import { pageEnd, pageOf, pageRequest } from './paging.ts'
import { type PolicyOwnerKind, policyOwnerKinds } from './policy-owners.ts'
import * as rules from './rules.ts'

/** The own policies of roles, users and groups. */
export const inlinePolicyOperations: QueryOperations = Object.assign({}, ...policyOwnerKinds.map(operationsOf))

function operationsOf({ label, inlineQuota, look, change }: PolicyOwnerKind): QueryOperations {
  const kind = label.toLowerCase()
  const missing = (name: string) => noSuchEntity(`The ${kind} policy with name ${name} cannot be found.`)
  return {
    [`List${label}Policies`]: {
      effect: 'read',
      run(params, context) {
        const owner = look(params, context)
        const page = pageRequest(params, `List${label}Policies ${owner.id}`)
        const names = inlinePoliciesOf(context.database, owner.id).map(({ name }) => name)
        const { shown, next } = pageOf(names, page, (name) => name.toLowerCase())
        return members('PolicyNames', shown, (name) => name) + pageEnd(next, page.question)
      },
    },

    [`Get${label}Policy`]: {
      effect: 'read',
      run(params, context) {
        const owner = look(params, context)
        const name = params.required('PolicyName', rules.policyName)
        const policy = findInlinePolicy(context.database, owner.id, name)
        if (policy === null) throw missing(name)
        const document = documentElement('PolicyDocument', policy.document)
        return element(`${label}Name`, owner.name) + element('PolicyName', policy.name) + document
      },
    },

    [`Put${label}Policy`]: {
      effect: 'write',
      run(params, context) {
        const name = params.required('PolicyName', rules.policyName)
        const document = params.required('PolicyDocument', rules.policyDocument)
        const owner = change(params, context)
        checkIdentityDocument(document, 'inline')
        const others = inlinePoliciesOf(context.database, owner.id).filter((policy) => policy.name.toLowerCase() !== name.toLowerCase())
        const sum = others.reduce((size, policy) => size + policySize(policy.document), policySize(document))
        if (sum > inlineQuota) throw limitExceeded(`Maximum policy size of ${inlineQuota} bytes exceeded for ${kind} ${owner.name}`)
        putInlinePolicy(context.database, owner.id, { name, document })
        return null
      },
    },

    [`Delete${label}Policy`]: {
      effect: 'write',
      run(params, context) {
        const name = params.required('PolicyName', rules.policyName)
        if (!deleteInlinePolicy(context.database, change(params, context).id, name)) throw missing(name)
        return null
      },
    },
  }
}
