import type { ReportInput } from '../report-input.ts'
import { findSharedPolicies, findUnattached, type SharedPolicy, type UnattachedPolicy } from './customer-policies.ts'
import { type ExternalAccessRisk, readExternalAccess } from './external-access.ts'
import { findOverPermissive, type OverPermissiveRole } from './over-permissive.ts'
import { findUnusedRoles, type UnusedRole } from './unused-roles.ts'
import { type CredentialFindings, findCredentialTrouble } from './user-credentials.ts'
import { findZombies, type ZombiePermissions } from './zombie-permissions.ts'

export type Findings = CredentialFindings & {
  readonly overPermissive: readonly OverPermissiveRole[]
  readonly zombies: readonly ZombiePermissions[]
  readonly externalAccess: readonly ExternalAccessRisk[]
  readonly unusedRoles: readonly UnusedRole[]
  readonly sharedPolicies: readonly SharedPolicy[]
  readonly unattachedPolicies: readonly UnattachedPolicy[]
}

export function findAll({ account, universe, window, roles, observations }: ReportInput): Findings {
  return {
    overPermissive: findOverPermissive(roles),
    zombies: findZombies(universe, roles),
    externalAccess: readExternalAccess(universe, observations.externalAccess.value),
    unusedRoles: findUnusedRoles(roles, account.accountId, window),
    ...findCredentialTrouble(observations.credentials.value, observations.unusedCredentials.value, window),
    sharedPolicies: findSharedPolicies(universe, roles),
    unattachedPolicies: findUnattached(account),
  }
}
