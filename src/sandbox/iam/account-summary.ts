import type { QueryOperations } from '../protocol/query.ts'
import { element, wrap } from '../protocol/xml.ts'
import { countMfaDevices } from '../state/credential-table.ts'
import { instanceProfilesAfter } from '../state/instance-profile-table.ts'
import { countPolicies, countVersions } from '../state/policy-table.ts'
import { countRoles } from '../state/role-table.ts'
import { countGroups, countUsers } from '../state/user-table.ts'
import { identityProviders } from './identity-providers.ts'
import { quotas } from './quotas.ts'

export const accountSummaryOperations: QueryOperations = {
  GetAccountSummary: {
    effect: 'read',
    run(_params, context) {
      const { database } = context
      const counts = {
        Users: countUsers(database),
        Groups: countGroups(database),
        Roles: countRoles(database),
        Policies: countPolicies(database),
        PolicyVersionsInUse: countVersions(database),
        InstanceProfiles: instanceProfilesAfter(database, { after: '', limit: -1 }).length,
        MFADevices: countMfaDevices(database),
        MFADevicesInUse: countMfaDevices(database),
        AccountMFAEnabled: 1,
        AccountAccessKeysPresent: 0,
        AccountSigningCertificatesPresent: 0,
        ServerCertificates: 0,
        Providers: identityProviders('oidc-provider', context).length + identityProviders('saml-provider', context).length,
        GlobalEndpointTokenVersion: 1,
      }
      const entries = Object.entries({ ...counts, ...quotas })
      return wrap('SummaryMap', entries.map(([key, value]) => wrap('entry', element('key', key) + element('value', value))).join(''))
    },
  },
}
