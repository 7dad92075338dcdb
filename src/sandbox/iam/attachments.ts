import { AwsError } from '../aws-error.ts'
import type { QueryOperations } from '../protocol/query.ts'
import { members } from '../protocol/xml.ts'
import { attach, attachedArns, detach } from '../state/attachment-table.ts'
import { attachablePolicyAsked, limitExceeded, noSuchEntity } from './lookup.ts'
import { pageEnd, pageOf, pageRequest } from './paging.ts'
import { type PolicyOwnerKind, policyOwnerKinds } from './policy-owners.ts'
import * as rules from './rules.ts'
import { attachedPolicy } from './shapes.ts'

/** Managed policies on roles, users and groups. */
export const attachmentOperations: QueryOperations = Object.assign({}, ...policyOwnerKinds.map(operationsOf))

function operationsOf({ label, attachedQuota, look, change }: PolicyOwnerKind): QueryOperations {
  return {
    [`ListAttached${label}Policies`]: {
      effect: 'read',
      run(params, context) {
        const owner = look(params, context)
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
        const owner = change(params, context)
        if (policy.path.startsWith('/aws-service-role/'))
          throw new AwsError('PolicyNotAttachable', 400, `Cannot attach a Service Role Policy to a Customer ${label}.`)
        const attached = attachedArns(context.database, owner.id)
        if (attached.includes(policy.arn)) return null
        if (attached.length >= attachedQuota) throw limitExceeded(`Cannot exceed quota for PoliciesPer${label}: ${attachedQuota}`)
        attach(context.database, owner.id, policy.arn)
        return null
      },
    },

    [`Detach${label}Policy`]: {
      effect: 'write',
      run(params, context) {
        const arn = params.required('PolicyArn', rules.policyArn)
        if (!detach(context.database, change(params, context).id, arn)) throw noSuchEntity(`Policy ${arn} was not found.`)
        return null
      },
    },
  }
}
