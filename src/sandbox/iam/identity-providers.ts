/** Identity providers. The account has those that the trust policies of its roles name, since the first of these roles. */
import type { CallContext } from '../call-context.ts'
import type { QueryOperations } from '../protocol/query.ts'
import { element, instant, members } from '../protocol/xml.ts'
import { rolesTrusting } from '../state/role-table.ts'
import { noSuchEntity } from './lookup.ts'

type Provider = { readonly arn: string; readonly createDate: string }
type Kind = 'oidc-provider' | 'saml-provider'

/** For whom tokens are made out, unless a caller of `sts` asks for another audience. */
const AUDIENCE = 'sts.amazonaws.com'

export const identityProviderOperations: QueryOperations = {
  ListOpenIDConnectProviders: {
    effect: 'read',
    run: (_params, context) =>
      members('OpenIDConnectProviderList', identityProviders('oidc-provider', context), ({ arn }) => element('Arn', arn)),
  },

  GetOpenIDConnectProvider: {
    effect: 'read',
    run(params, context) {
      const arn = params.required('OpenIDConnectProviderArn', { min: 20, max: 2048 })
      const provider = identityProviders('oidc-provider', context).find((known) => known.arn === arn)
      if (provider === undefined) throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`)
      return (
        element('Url', arn.slice(arn.indexOf('/') + 1)) +
        members('ClientIDList', [AUDIENCE], (client) => client) +
        members('ThumbprintList', [], () => '') +
        element('CreateDate', instant(provider.createDate))
      )
    },
  },

  ListSAMLProviders: {
    effect: 'read',
    run: (_params, context) =>
      members(
        'SAMLProviderList',
        identityProviders('saml-provider', context),
        ({ arn, createDate }) => element('Arn', arn) + element('CreateDate', instant(createDate)),
      ),
  },
}

export function identityProviders(kind: Kind, { database, partition, accountId }: CallContext): readonly Provider[] {
  const start = `arn:${partition}:iam::${accountId}:${kind}/`
  const found = new Map<string, string>()
  for (const { trust, createDate } of rolesTrusting(database, start))
    for (const [, arn] of trust.matchAll(/"(arn:[^"]+)"/g)) {
      if (arn === undefined || !arn.startsWith(start)) continue
      const known = found.get(arn)
      if (known === undefined || createDate < known) found.set(arn, createDate)
    }
  return [...found].sort().map(([arn, createDate]) => ({ arn, createDate }))
}
