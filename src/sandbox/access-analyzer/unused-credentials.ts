import type { CallContext } from '../call-context.ts'
import { entityArn } from '../iam/shapes.ts'
import { accessKeysOf, loginProfileOf } from '../state/credential-table.ts'
import { type StoredUser, usersAfter } from '../state/user-table.ts'

/** A password or an active access key that nobody used for long. */
export type UnusedCredential =
  | { readonly kind: 'UnusedIAMUserPassword'; readonly lastUsed: string | null }
  | { readonly kind: 'UnusedIAMUserAccessKey'; readonly accessKeyId: string; readonly lastUsed: string | null }

type FoundCredential = { readonly userArn: string; readonly madeAt: string; readonly content: UnusedCredential }

/** What is younger than the tracking period may still come into use. */
export function unusedCredentials(unusedSince: string, context: CallContext): readonly FoundCredential[] {
  return usersAfter(context.database, { after: '', limit: -1 }).flatMap((user) => {
    const userArn = entityArn(context, 'user', user.path, user.name)
    return credentialsOf(user, context)
      .filter(({ madeAt, content }) => madeAt <= unusedSince && (content.lastUsed ?? '') < unusedSince)
      .map((one) => ({ ...one, userArn }))
  })
}

function credentialsOf({ id, passwordLastUsed }: StoredUser, { database }: CallContext): readonly Omit<FoundCredential, 'userArn'>[] {
  const profile = loginProfileOf(database, id)
  const keys = accessKeysOf(database, id).filter(({ status }) => status === 'Active')
  return [
    ...(profile === null
      ? []
      : [{ madeAt: profile.createDate, content: { kind: 'UnusedIAMUserPassword' as const, lastUsed: passwordLastUsed } }]),
    ...keys.map((key) => ({
      madeAt: key.createDate,
      content: { kind: 'UnusedIAMUserAccessKey' as const, accessKeyId: key.id, lastUsed: key.lastUsed },
    })),
  ]
}
