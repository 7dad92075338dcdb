import { policySize } from '../../policy/size.ts'
import { AwsError } from '../aws-error.ts'
import type { QueryOperations } from '../protocol/query.ts'
import { element, members, wrap } from '../protocol/xml.ts'
import { attachmentCount, boundaryUseCount } from '../state/attachment-table.ts'
import { entityId } from '../state/ids.ts'
import { nextCount } from '../state/meta.ts'
import {
  countPolicies,
  deletePolicy,
  insertPolicy,
  insertVersion,
  policyNameTaken,
  type StoredPolicy,
  storedPoliciesAfter,
  versionsOf,
} from '../state/policy-table.ts'
import { checkIdentityDocument } from './identity-document.ts'
import { customerPolicyAsked, limitExceeded, type ManagedPolicyRecord, managedPolicyAsked } from './lookup.ts'
import { pageEnd, pageOf, pageRequest } from './paging.ts'
import { quotas } from './quotas.ts'
import * as rules from './rules.ts'
import { entityArn, policyCore, tagList } from './shapes.ts'
import { tagsAsked } from './tags.ts'

/** Managed policies as a whole. */
export const policyOperations: QueryOperations = {
  ListPolicies: {
    effect: 'read',
    run(params, context) {
      const scope = params.optional('Scope', { oneOf: ['All', 'AWS', 'Local'] }) ?? 'All'
      const usage = params.optional('PolicyUsageFilter', rules.usageFilter)
      const prefix = params.optional('PathPrefix', rules.pathPrefix) ?? '/'
      const onlyAttached = params.flag('OnlyAttached')
      const page = pageRequest(params, `ListPolicies ${scope} ${onlyAttached} ${usage} ${prefix}`)
      const local: readonly ManagedPolicyRecord[] =
        scope === 'AWS' ? [] : storedPoliciesAfter(context.database, '', -1).map((policy) => ({ ...policy, isAws: false }))
      const aws: readonly ManagedPolicyRecord[] =
        scope === 'Local' ? [] : context.awsManaged.list.map((policy) => ({ ...policy, isAws: true }))
      const attached = (policy: StoredPolicy) => attachmentCount(context.database, policy.arn) > 0
      const bounding = (policy: StoredPolicy) => boundaryUseCount(context.database, policy.arn) > 0
      const wanted = [...local, ...aws]
        .filter((policy) => policy.path.startsWith(prefix))
        .filter((policy) => !onlyAttached || attached(policy) || bounding(policy))
        .filter((policy) => usage === null || (usage === 'PermissionsPolicy' ? attached(policy) : bounding(policy)))
        .sort((a, b) => (a.arn < b.arn ? -1 : 1))
      const { shown, next } = pageOf(wanted, page, (policy) => policy.arn)
      return members('Policies', shown, (policy) => policyCore(policy, context)) + pageEnd(next, page.question)
    },
  },

  GetPolicy: {
    effect: 'read',
    run(params, context) {
      const policy = managedPolicyAsked(params, context)
      return wrap('Policy', policyCore(policy, context) + element('Description', policy.description) + tagList(policy.tags))
    },
  },

  CreatePolicy: {
    effect: 'write',
    run(params, context) {
      const { database, now } = context
      const name = params.required('PolicyName', rules.policyName)
      const path = params.optional('Path', rules.policyPath) ?? '/'
      const document = params.required('PolicyDocument', rules.policyDocument)
      const description = params.optional('Description', rules.policyDescription)
      const tags = tagsAsked(params)
      checkIdentityDocument(document, 'managed')
      if (policyNameTaken(database, name))
        throw new AwsError('EntityAlreadyExists', 409, `A policy called ${name} already exists. Duplicate names are not allowed.`)
      if (countPolicies(database) >= quotas.PoliciesQuota)
        throw limitExceeded(`Cannot exceed quota for PoliciesPerAccount: ${quotas.PoliciesQuota}`)
      checkManagedSize(document)
      const arn = entityArn(context, 'policy', path, name)
      const policy: StoredPolicy = {
        arn,
        id: entityId('ANPA', `${context.accountId}/${name}/${nextCount(database)}`),
        name,
        path,
        description: description === '' ? null : description,
        defaultVersion: 'v1',
        nextVersion: 1,
        createDate: now,
        updateDate: now,
        tags,
      }
      insertPolicy(database, policy)
      insertVersion(database, arn, { number: 1, document, createDate: now })
      return wrap('Policy', policyCore({ ...policy, isAws: false }, context) + (tags.length > 0 ? tagList(tags) : ''))
    },
  },

  DeletePolicy: {
    effect: 'write',
    run(params, context) {
      const { arn } = customerPolicyAsked(params, context)
      if (attachmentCount(context.database, arn) > 0) throw deleteConflict('Cannot delete a policy attached to entities.')
      if (boundaryUseCount(context.database, arn) > 0) throw deleteConflict('Cannot delete a policy used as a permissions boundary.')
      if (versionsOf(context.database, arn).length > 1)
        throw deleteConflict(
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        )
      deletePolicy(context.database, arn)
      return null
    },
  },
}

export function checkManagedSize(document: string): void {
  if (policySize(document) > quotas.PolicySizeQuota) throw limitExceeded(`Cannot exceed quota for PolicySize: ${quotas.PolicySizeQuota}`)
}

export function deleteConflict(message: string): AwsError {
  return new AwsError('DeleteConflict', 409, message)
}
