/** What holds for the account as a whole: its alias, and the rules for passwords. */
import type { AwsError } from '../aws-error.ts'
import type { QueryOperations } from '../protocol/query.ts'
import type { QueryParams } from '../protocol/query-params.ts'
import { element, members, wrap } from '../protocol/xml.ts'
import { forgetMeta, readMeta, writeMeta } from '../state/meta.ts'
import { noSuchEntity } from './lookup.ts'
import { pageEnd } from './paging.ts'

const alias = {
  min: 3,
  max: 63,
  pattern: /^[a-z0-9]([a-z0-9]|-(?!-))*[a-z0-9]$/,
  demand: 'It must contain only digits, lowercase letters, and hyphens.',
}

const flags = [
  'RequireSymbols',
  'RequireNumbers',
  'RequireUppercaseCharacters',
  'RequireLowercaseCharacters',
  'AllowUsersToChangePassword',
] as const

export const accountSettingOperations: QueryOperations = {
  ListAccountAliases: {
    effect: 'read',
    run(_params, { database }) {
      const known = readMeta(database, 'account_alias')
      return members('AccountAliases', known === null ? [] : [known], (name) => name) + pageEnd(null, '')
    },
  },

  /** An account has one alias: a new one replaces it. */
  CreateAccountAlias: {
    effect: 'write',
    run(params, { database }) {
      writeMeta(database, 'account_alias', params.required('AccountAlias', alias))
      return null
    },
  },

  DeleteAccountAlias: {
    effect: 'write',
    run(params, { database }) {
      const name = params.required('AccountAlias', alias)
      if (readMeta(database, 'account_alias') !== name) throw noSuchEntity(`The account alias with name ${name} cannot be found.`)
      forgetMeta(database, 'account_alias')
      return null
    },
  },

  GetAccountPasswordPolicy: {
    effect: 'read',
    run(_params, { database, accountId }) {
      const policy = readMeta(database, 'password_policy')
      if (policy === null) throw noPasswordPolicy(accountId)
      return wrap('PasswordPolicy', policy)
    },
  },

  /** What is not named goes back to its default, as in AWS. */
  UpdateAccountPasswordPolicy: {
    effect: 'write',
    run(params, { database }) {
      writeMeta(database, 'password_policy', passwordPolicy(params))
      return null
    },
  },

  DeleteAccountPasswordPolicy: {
    effect: 'write',
    run(_params, { database, accountId }) {
      if (readMeta(database, 'password_policy') === null) throw noPasswordPolicy(accountId)
      forgetMeta(database, 'password_policy')
      return null
    },
  },
}

function passwordPolicy(params: QueryParams): string {
  const maxAge = params.integer('MaxPasswordAge', { min: 1, max: 1095 })
  return (
    element('MinimumPasswordLength', params.integer('MinimumPasswordLength', { min: 6, max: 128 }) ?? 6) +
    flags.map((name) => element(name, params.flag(name))).join('') +
    element('ExpirePasswords', maxAge !== null) +
    element('MaxPasswordAge', maxAge) +
    element('PasswordReusePrevention', params.integer('PasswordReusePrevention', { min: 1, max: 24 })) +
    element('HardExpiry', params.optional('HardExpiry') === null ? null : params.flag('HardExpiry'))
  )
}

function noPasswordPolicy(accountId: string): AwsError {
  return noSuchEntity(`The Password Policy with domain name ${accountId} cannot be found.`)
}
