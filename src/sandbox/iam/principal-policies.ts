/**
 * Policies of users and groups, inline and attached. The operations are those of roles under other names:
 * `PutUserPolicy`, `AttachGroupPolicy`, …
 */
import { policySize } from '../../policy/size.ts'
import type { CallContext } from '../call-context.ts'
import type { QueryOperations } from '../protocol/query.ts'
import type { QueryParams } from '../protocol/query-params.ts'
import { documentElement, element, members } from '../protocol/xml.ts'
import { attach, attachedArns, detach } from '../state/attachment-table.ts'
import { deleteInlinePolicy, findInlinePolicy, inlinePoliciesOf, putInlinePolicy } from '../state/inline-policy-table.ts'
import { checkIdentityDocument } from './identity-document.ts'
import { attachablePolicyAsked, groupAsked, limitExceeded, noSuchEntity, userAsked } from './lookup.ts'
import { pageEnd, pageOf, pageRequest } from './paging.ts'
import { quotas } from './quotas.ts'
import * as rules from './rules.ts'
import { attachedPolicy } from './shapes.ts'

type Owner = { readonly id: string; readonly name: string }

type OwnerKind = {
  readonly label: 'User' | 'Group'
  readonly inlineQuota: number
  readonly attachedQuota: number
  ask(params: QueryParams, context: CallContext): Owner
}

const kinds: readonly OwnerKind[] = [
  { label: 'User', inlineQuota: quotas.UserPolicySizeQuota, attachedQuota: quotas.AttachedPoliciesPerUserQuota, ask: userAsked },
  { label: 'Group', inlineQuota: quotas.GroupPolicySizeQuota, attachedQuota: quotas.AttachedPoliciesPerGroupQuota, ask: groupAsked },
]

export const principalPolicyOperations: QueryOperations = Object.assign(
  {},
  ...kinds.map((kind) => ({ ...inlineOperations(kind), ...attachedOperations(kind) })),
)

function inlineOperations({ label, inlineQuota, ask }: OwnerKind): QueryOperations {
  const kind = label.toLowerCase()
  const missing = (name: string) => noSuchEntity(`The ${kind} policy with name ${name} cannot be found.`)
  return {
    [`List${label}Policies`]: {
      effect: 'read',
      run(params, context) {
        const owner = ask(params, context)
        const page = pageRequest(params, `List${label}Policies ${owner.id}`)
        const names = inlinePoliciesOf(context.database, owner.id).map(({ name }) => name)
        const { shown, next } = pageOf(names, page, (name) => name.toLowerCase())
        return members('PolicyNames', shown, (name) => name) + pageEnd(next, page.question)
      },
    },
    [`Get${label}Policy`]: {
      effect: 'read',
      run(params, context) {
        const owner = ask(params, context)
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
        const owner = ask(params, context)
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
        if (!deleteInlinePolicy(context.database, ask(params, context).id, name)) throw missing(name)
        return null
      },
    },
  }
}

function attachedOperations({ label, attachedQuota, ask }: OwnerKind): QueryOperations {
  return {
    [`ListAttached${label}Policies`]: {
      effect: 'read',
      run(params, context) {
        const owner = ask(params, context)
        const prefix = params.optional('PathPrefix', rules.pathPrefix) ?? '/'
        const page = pageRequest(params, `ListAttached${label}Policies ${owner.id} ${prefix}`)
        const arns = attachedArns(context.database, owner.id).filter((arn) => arn.split(':policy')[1]?.startsWith(prefix) === true)
        const { shown, next } = pageOf([...arns].sort(), page, (arn) => arn)
        return members('AttachedPolicies', shown, attachedPolicy) + pageEnd(next, page.question)
      },
    },
    [`Attach${label}Policy`]: {
      effect: 'write',
      run(params, context) {
        const policy = attachablePolicyAsked(params, context)
        const owner = ask(params, context)
        const attached = attachedArns(context.database, owner.id)
        if (!attached.includes(policy.arn) && attached.length >= attachedQuota)
          throw limitExceeded(`Cannot exceed quota for PoliciesPer${label}: ${attachedQuota}`)
        attach(context.database, owner.id, policy.arn)
        return null
      },
    },
    [`Detach${label}Policy`]: {
      effect: 'write',
      run(params, context) {
        const arn = params.required('PolicyArn', rules.policyArn)
        if (!detach(context.database, ask(params, context).id, arn)) throw noSuchEntity(`Policy ${arn} was not found.`)
        return null
      },
    },
  }
}
