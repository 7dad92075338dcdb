import { iamRequirement } from '../authorisation/iam-requirements.ts'
import { queryService } from '../protocol/query.ts'
import { accountSettingOperations } from './account-settings.ts'
import { accountSummaryOperations } from './account-summary.ts'
import { attachmentOperations } from './attachments.ts'
import { authorizationDetailOperations } from './authorization-details.ts'
import { boundaryOperations } from './boundaries.ts'
import { credentialReportOperations } from './credential-report.ts'
import { credentialOperations } from './credentials.ts'
import { groupOperations } from './groups.ts'
import { identityProviderOperations } from './identity-providers.ts'
import { inlinePolicyOperations } from './inline-policies.ts'
import { instanceProfileOperations } from './instance-profiles.ts'
import { lastAccessedOperations } from './last-accessed.ts'
import { policyOperations } from './policies.ts'
import { policyEntityOperations } from './policy-entities.ts'
import { policyVersionOperations } from './policy-versions.ts'
import { rareCredentialOperations } from './rare-credentials.ts'
import { roleOperations } from './roles.ts'
import { serviceGrantOperations } from './service-grants.ts'
import { simulationOperations } from './simulate.ts'
import { tagOperations } from './tags.ts'
import { userChangeOperations } from './user-changes.ts'
import { userOperations } from './users.ts'

export const iamService = queryService({
  id: 'iam',
  version: '2010-05-08',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  requirement: iamRequirement,
  operations: {
    ...authorizationDetailOperations,
    ...accountSummaryOperations,
    ...roleOperations,
    ...inlinePolicyOperations,
    ...attachmentOperations,
    ...policyEntityOperations,
    ...policyOperations,
    ...policyVersionOperations,
    ...boundaryOperations,
    ...userOperations,
    ...lastAccessedOperations,
    ...tagOperations,
    ...simulationOperations,
    ...serviceGrantOperations,
    ...userChangeOperations,
    ...groupOperations,
    ...credentialOperations,
    ...credentialReportOperations,
    ...instanceProfileOperations,
    ...accountSettingOperations,
    ...identityProviderOperations,
    ...rareCredentialOperations,
  },
})
