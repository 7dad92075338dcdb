import { randomBytes } from 'node:crypto'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import type { QueryOperations } from '../protocol/query.ts'
import type { QueryParams } from '../protocol/query-params.ts'
import { element, instant, members, wrap } from '../protocol/xml.ts'
import {
  accessKeysOf,
  deleteAccessKey,
  deleteLoginProfile,
  findAccessKey,
  insertAccessKey,
  loginProfileOf,
  mfaDevicesOf,
  putLoginProfile,
  type StoredAccessKey,
  setAccessKeyStatus,
} from '../state/credential-table.ts'
import { entityId } from '../state/ids.ts'
import { nextCount } from '../state/meta.ts'
import { type StoredUser, userWithId } from '../state/user-table.ts'
import { limitExceeded, noSuchEntity, userAsked } from './lookup.ts'
import { pageEnd } from './paging.ts'
import { quotas } from './quotas.ts'

const accessKeyId = { min: 16, max: 128, pattern: /^\w+$/ }

/** Access keys, console passwords and second factors of users. */
export const credentialOperations: QueryOperations = {
  ListAccessKeys: {
    effect: 'read',
    run(params, context) {
      const user = userAsked(params, context)
      const keys = accessKeysOf(context.database, user.id)
      return members('AccessKeyMetadata', keys, (key) => keyCore(key, user)) + pageEnd(null, '')
    },
  },

  CreateAccessKey: {
    effect: 'write',
    run(params, context) {
      const user = userAsked(params, context)
      if (accessKeysOf(context.database, user.id).length >= quotas.AccessKeysPerUserQuota)
        throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${quotas.AccessKeysPerUserQuota}`)
      const id = entityId('AKIA', `${user.id} ${nextCount(context.database)}`)
      const never = { lastUsed: null, lastService: null, lastRegion: null }
      const key: StoredAccessKey = { id, userId: user.id, status: 'Active', createDate: context.now, ...never }
      insertAccessKey(context.database, key)
      return wrap('AccessKey', keyCore(key, user) + element('SecretAccessKey', randomBytes(30).toString('base64')))
    },
  },

  UpdateAccessKey: {
    effect: 'write',
    run(params, context) {
      const status = params.required('Status', { oneOf: ['Active', 'Inactive'] }) === 'Active' ? 'Active' : 'Inactive'
      setAccessKeyStatus(context.database, keyAsked(params, context).id, status)
      return null
    },
  },

  DeleteAccessKey: {
    effect: 'write',
    run(params, context) {
      deleteAccessKey(context.database, keyAsked(params, context).id)
      return null
    },
  },

  GetAccessKeyLastUsed: {
    effect: 'read',
    run(params, { database }) {
      const id = params.required('AccessKeyId', accessKeyId)
      const key = findAccessKey(database, id)
      const owner = key === null ? null : userWithId(database, key.userId)
      if (key === null || owner === null)
        throw new AwsError('AccessDenied', 403, `User is not authorized to perform: iam:GetAccessKeyLastUsed`)
      const last =
        element('LastUsedDate', key.lastUsed) +
        element('ServiceName', key.lastService ?? 'N/A') +
        element('Region', key.lastRegion ?? 'N/A')
      return element('UserName', owner.name) + wrap('AccessKeyLastUsed', last)
    },
  },

  GetLoginProfile: {
    effect: 'read',
    run(params, context) {
      return wrap('LoginProfile', profileOf(userAsked(params, context), context))
    },
  },

  CreateLoginProfile: {
    effect: 'write',
    run(params, context) {
      params.required('Password', { min: 1, max: 128 })
      const user = userAsked(params, context)
      if (loginProfileOf(context.database, user.id) !== null)
        throw new AwsError('EntityAlreadyExists', 409, `Login Profile for user ${user.name} already exists.`)
      const resetRequired = params.flag('PasswordResetRequired')
      putLoginProfile(context.database, user.id, { createDate: context.now, resetRequired })
      return wrap('LoginProfile', profileOf(user, context))
    },
  },

  UpdateLoginProfile: {
    effect: 'write',
    run(params, context) {
      const user = userAsked(params, context)
      const profile = loginProfileOf(context.database, user.id)
      if (profile === null) throw noProfile(user)
      const resetRequired = params.optional('PasswordResetRequired') === null ? profile.resetRequired : params.flag('PasswordResetRequired')
      putLoginProfile(context.database, user.id, { ...profile, resetRequired })
      return null
    },
  },

  DeleteLoginProfile: {
    effect: 'write',
    run(params, context) {
      const user = userAsked(params, context)
      if (!deleteLoginProfile(context.database, user.id)) throw noProfile(user)
      return null
    },
  },

  ListMFADevices: {
    effect: 'read',
    run(params, context) {
      const user = userAsked(params, context)
      const device = (one: { serial: string; enableDate: string }) =>
        element('UserName', user.name) + element('SerialNumber', one.serial) + element('EnableDate', instant(one.enableDate))
      return members('MFADevices', mfaDevicesOf(context.database, user.id), device) + pageEnd(null, '')
    },
  },
}

function keyAsked(params: QueryParams, context: CallContext): StoredAccessKey {
  const id = params.required('AccessKeyId', accessKeyId)
  const user = userAsked(params, context)
  const key = findAccessKey(context.database, id)
  if (key === null || key.userId !== user.id) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`)
  return key
}

function keyCore(key: StoredAccessKey, user: StoredUser): string {
  return (
    element('UserName', user.name) +
    element('AccessKeyId', key.id) +
    element('Status', key.status) +
    element('CreateDate', instant(key.createDate))
  )
}

function profileOf(user: StoredUser, { database }: CallContext): string {
  const profile = loginProfileOf(database, user.id)
  if (profile === null) throw noProfile(user)
  return (
    element('UserName', user.name) +
    element('CreateDate', instant(profile.createDate)) +
    element('PasswordResetRequired', profile.resetRequired)
  )
}

function noProfile(user: StoredUser): AwsError {
  return noSuchEntity(`Login Profile for User ${user.name} cannot be found.`)
}
