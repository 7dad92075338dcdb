import type { SandboxFixture } from '../fixture.ts'
import { awsOwnedRoles } from './aws-owned-roles.ts'
import { customerPolicies } from './customer-policies.ts'
import { deployRoles } from './deploy-roles.ts'
import { groups, users } from './people.ts'
import { remarkableRoles } from './remarkable-roles.ts'
import { reportedRoles } from './reported-roles.ts'
import { serviceFleet } from './service-fleet.ts'
import { sharedResources } from './shared-resources.ts'
import { wideRoles } from './wide-roles.ts'

/** The account behind `--demo`: what a company has after some years. Only inputs: figures come out of the program. */
export function demoAccount(): SandboxFixture {
  return {
    accountId: '123456789012',
    policies: customerPolicies,
    roles: [...reportedRoles, ...wideRoles, ...remarkableRoles, ...awsOwnedRoles, ...deployRoles, ...serviceFleet()],
    groups,
    users,
    analyzers: [
      { name: 'zero-trust-analyzer', type: 'ACCOUNT_UNUSED_ACCESS', unusedAccessAge: 90 },
      // Roles that partners may take are looked through every quarter; their findings do not stay open.
      {
        name: 'zero-trust-analyzer-external',
        type: 'ACCOUNT',
        archiveRules: { 'reviewed-partner-roles': { resourceType: { eq: ['AWS::IAM::Role'] } } },
      },
    ],
    resources: sharedResources,
  }
}
