import { accessAnalyzerRequirement } from '../authorisation/access-analyzer-requirement.ts'
import { restJsonService } from '../protocol/rest-json.ts'
import { analyzerOperations } from './analyzers.ts'
import { archiveRuleOperations } from './archive-rules.ts'
import { checkOperations } from './check-policies.ts'
import { findingOperations } from './findings.ts'
import { policyGenerationOperations } from './policy-generation.ts'
import { recommendationOperations } from './recommendations.ts'
import { statisticsOperations } from './statistics.ts'
import { validationOperations } from './validate-policy.ts'

export const accessAnalyzerService = restJsonService(
  'access-analyzer',
  [
    ...analyzerOperations,
    ...archiveRuleOperations,
    ...findingOperations,
    ...statisticsOperations,
    ...recommendationOperations,
    ...checkOperations,
    ...validationOperations,
    ...policyGenerationOperations,
  ],
  accessAnalyzerRequirement,
)
