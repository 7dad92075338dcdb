import type { CallContext } from '../call-context.ts'
import type { QueryOperations } from '../protocol/query.ts'
import type { QueryParams } from '../protocol/query-params.ts'
import { members, wrap } from '../protocol/xml.ts'
import {
  deleteVersion,
  insertVersion,
  type StoredPolicy,
  type StoredVersion,
  setDefaultVersion,
  versionsOf,
} from '../state/policy-table.ts'
import { checkIdentityDocument } from './identity-document.ts'
import { customerPolicyAsked, limitExceeded, managedPolicyAsked, noSuchEntity, versionsOfPolicy } from './lookup.ts'
import { pageEnd, pageOf, pageRequest } from './paging.ts'
import { checkManagedSize, deleteConflict } from './policies.ts'
import { quotas } from './quotas.ts'
import * as rules from './rules.ts'
import { versionCore } from './shapes.ts'

/** The stored versions of managed policies. */
export const policyVersionOperations: QueryOperations = {
  ListPolicyVersions: {
    effect: 'read',
    run(params, context) {
      const policy = managedPolicyAsked(params, context)
      const page = pageRequest(params, `ListPolicyVersions ${policy.arn}`)
      const { shown, next } = pageOf(versionsOfPolicy(policy, context), page, newestFirst)
      return members('Versions', shown, (version) => versionCore(version, policy.defaultVersion, false)) + pageEnd(next, page.question)
    },
  },

  GetPolicyVersion: {
    effect: 'read',
    run(params, context) {
      const policy = managedPolicyAsked(params, context)
      const versionId = params.required('VersionId', rules.versionId)
      const version = versionsOfPolicy(policy, context).find((stored) => stored.versionId === versionId)
      if (version === undefined) throw noVersion(policy.arn, versionId)
      return wrap('PolicyVersion', versionCore(version, policy.defaultVersion, true))
    },
  },

  CreatePolicyVersion: {
    effect: 'write',
    run(params, context) {
      const { database, now } = context
      const document = params.required('PolicyDocument', rules.policyDocument)
      const asDefault = params.flag('SetAsDefault')
      const policy = customerPolicyAsked(params, context)
      checkIdentityDocument(document, 'managed')
      checkManagedSize(document)
      if (versionsOf(database, policy.arn).length >= quotas.VersionsPerPolicyQuota)
        throw limitExceeded(
          `A managed policy can have up to ${quotas.VersionsPerPolicyQuota} versions. Before you create a new version, you must delete an existing version.`,
        )
      const version: StoredVersion = { versionId: `v${policy.nextVersion}`, document, createDate: now }
      insertVersion(database, policy.arn, { number: policy.nextVersion, document, createDate: now })
      if (asDefault) setDefaultVersion(database, policy.arn, version.versionId)
      return wrap('PolicyVersion', versionCore(version, asDefault ? version.versionId : policy.defaultVersion, false))
    },
  },

  SetDefaultPolicyVersion: {
    effect: 'write',
    run(params, context) {
      const { policy, version } = storedVersionAsked(params, context)
      setDefaultVersion(context.database, policy.arn, version.versionId)
      return null
    },
  },

  DeletePolicyVersion: {
    effect: 'write',
    run(params, context) {
      const { policy, version } = storedVersionAsked(params, context)
      if (version.versionId === policy.defaultVersion) throw deleteConflict('Cannot delete the default version of a policy.')
      deleteVersion(context.database, policy.arn, version.versionId)
      return null
    },
  },
}

function storedVersionAsked(params: QueryParams, context: CallContext): { policy: StoredPolicy; version: StoredVersion } {
  const versionId = params.required('VersionId', rules.versionId)
  const policy = customerPolicyAsked(params, context)
  const version = versionsOf(context.database, policy.arn).find((stored) => stored.versionId === versionId)
  if (version === undefined) throw noVersion(policy.arn, versionId)
  return { policy, version }
}

/** A key that ascends while version numbers descend, for paging. */
function newestFirst(version: StoredVersion): string {
  return String(1_000_000 - Number(version.versionId.slice(1)))
}

function noVersion(arn: string, versionId: string) {
  return noSuchEntity(`Policy ${arn} version ${versionId} does not exist or is not attachable.`)
}
