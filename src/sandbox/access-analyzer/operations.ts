import { accessAnalyzerRequirement } from '../authorisation/access-analyzer-requirement.ts'
import { restJsonService } from '../protocol/rest-json.ts'
import { analyzedResourceOperations } from './analyzed-resources.ts'
import { analyzerTagOperations } from './analyzer-tags.ts'
import { analyzerOperations } from './analyzers.ts'
import { archiveRuleOperations } from './archive-rules.ts'
import { checkOperations } from './check-policies.ts'
import { publicAccessOperations } from './check-public-access.ts'
import { findingOperations } from './findings.ts'
import { policyGenerationOperations } from './policy-generation.ts'
import { recommendationOperations } from './recommendations.ts'
import { statisticsOperations } from './statistics.ts'
import { validationOperations } from './validate-policy.ts'

export const accessAnalyzerService = restJsonService(
  'access-analyzer',
  [
    ...analyzerOperations,
    ...analyzerTagOperations,
    ...archiveRuleOperations,
    ...findingOperations,
    ...statisticsOperations,
    ...recommendationOperations,
    ...analyzedResourceOperations,
    ...checkOperations,
    ...publicAccessOperations,
    ...validationOperations,
    ...policyGenerationOperations,
  ],
  accessAnalyzerRequirement,
)
