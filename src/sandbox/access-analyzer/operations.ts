import { accessAnalyzerRequirement } from '../authorisation/access-analyzer-requirement.ts'
import { restJsonService } from '../protocol/rest-json.ts'
import { analyzerOperations } from './analyzers.ts'
import { checkOperations } from './check-policies.ts'
import { findingOperations } from './findings.ts'

export const accessAnalyzerService = restJsonService(
  'access-analyzer',
  [...analyzerOperations, ...findingOperations, ...checkOperations],
  accessAnalyzerRequirement,
)
