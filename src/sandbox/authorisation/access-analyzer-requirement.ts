import { type RequirementReader, textParam } from './requirement.ts'

/** Both generations of the API share an action. */
const actions: Readonly<Record<string, string>> = {
  ListFindingsV2: 'ListFindings',
  GetFindingV2: 'GetFinding',
  GetFindingsStatistics: 'GetFindingsStatistics',
}

const CHECKS =
  /^(ValidatePolicy|Check|StartPolicyGeneration|GetGeneratedPolicy|ListPolicyGenerations|CancelPolicyGeneration|ListAnalyzers$)/

/** Most operations are about one analyzer, by its ARN or its name. */
export const accessAnalyzerRequirement: RequirementReader = (operation, params, { accountId, partition, region }) => {
  const name = textParam(params, 'analyzerName')
  const named = name === null ? null : `arn:${partition}:access-analyzer:${region}:${accountId}:analyzer/${name}`
  const resource = CHECKS.test(operation) ? '*' : (textParam(params, 'analyzerArn') ?? named ?? textParam(params, 'resourceArn') ?? '*')
  const all = `arn:${partition}:access-analyzer:${region}:${accountId}:*`
  return { action: `access-analyzer:${actions[operation] ?? operation}`, resource, shown: resource === '*' ? all : resource, keys: {} }
}
