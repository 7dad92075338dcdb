import {
  type Decision,
  evaluateRequest,
  type LayerName,
  type PolicyLayers,
  requestContext,
  type StatementVerdict,
  statementSpans,
  type Verdict,
} from '../../policy/evaluate/index.ts'
import { element, members, wrap } from '../protocol/xml.ts'
import type { SimulationInput } from './simulation-input.ts'

/** What is simulated, and the texts behind the policies by source id: positions of statements are places in them. */
export type Simulated = {
  readonly layers: PolicyLayers
  readonly texts: ReadonlyMap<string, string>
  readonly context: SimulationInput['context']
  readonly resources: readonly string[]
}

type OnResource = { readonly resource: string; readonly verdict: Verdict }

/** One `EvaluationResult`: an action on all resources together, and on each of them. */
export function evaluationResult(action: string, simulated: Simulated): string {
  const { layers, context, resources } = simulated
  const asked = resources.length === 0 ? ['*'] : resources
  const verdicts = asked.map((resource): OnResource => {
    const request = { action, resource, context: requestContext(context) }
    return { resource, verdict: evaluateRequest(layers, request) }
  })
  const statements = verdicts.flatMap(({ verdict }) => verdict.deciding)
  const missing = [...new Set(verdicts.flatMap(({ verdict }) => verdict.missingContextValues))].sort()
  const specific = resources.length === 0 ? [] : verdicts
  return (
    element('EvalActionName', action) +
    element('EvalResourceName', resources.length === 0 ? '*' : template(resources)) +
    element('EvalDecision', worst(verdicts.map(({ verdict }) => verdict.decision))) +
    matched(statements, simulated) +
    members('MissingContextValues', missing, (key) => key) +
    organizationDetail(layers, verdicts) +
    boundaryDetail(layers, verdicts) +
    (specific.length === 0 ? '' : members('ResourceSpecificResults', specific, (one) => onResource(one, simulated)))
  )
}

function onResource({ resource, verdict }: OnResource, simulated: Simulated): string {
  return (
    element('EvalResourceName', resource) +
    element('EvalResourceDecision', verdict.decision) +
    matched(verdict.deciding, simulated) +
    members('MissingContextValues', verdict.missingContextValues, (key) => key) +
    boundaryDetail(simulated.layers, [{ resource, verdict }])
  )
}

const HARDNESS: readonly Decision[] = ['allowed', 'implicitDeny', 'explicitDeny']

function worst(decisions: readonly Decision[]): Decision {
  return decisions.reduce((hardest, one) => (HARDNESS.indexOf(one) > HARDNESS.indexOf(hardest) ? one : hardest), 'allowed')
}

function organizationDetail({ organization = [] }: PolicyLayers, verdicts: readonly OnResource[]): string {
  if (organization.length === 0) return ''
  return wrap('OrganizationsDecisionDetail', element('AllowedByOrganizations', allAllow('organization', verdicts)))
}

function boundaryDetail({ boundary }: PolicyLayers, verdicts: readonly OnResource[]): string {
  if (boundary === undefined || boundary === null) return ''
  return wrap('PermissionsBoundaryDecisionDetail', element('AllowedByPermissionsBoundary', allAllow('boundary', verdicts)))
}

function allAllow(name: LayerName, verdicts: readonly OnResource[]): boolean {
  return verdicts.every(({ verdict }) => verdict.layers.every(({ layer, decision }) => layer !== name || decision === 'allowed'))
}

function matched(statements: readonly StatementVerdict[], { texts }: Simulated): string {
  const once = new Map(statements.map((statement) => [`${statement.source.id} ${statement.index}`, statement]))
  return members('MatchedStatements', [...once.values()], ({ source, index }) => {
    const span = statementSpans(texts.get(source.id) ?? '{"Statement":[]}')[index]
    const position = (name: string, at: { line: number; column: number } | undefined) =>
      at === undefined ? '' : wrap(name, element('Line', at.line) + element('Column', at.column))
    return (
      element('SourcePolicyId', source.name) +
      element('SourcePolicyType', SOURCE_TYPES[source.kind]) +
      position('StartPosition', span?.start) +
      position('EndPosition', span?.end)
    )
  })
}

const SOURCE_TYPES = { inline: 'IAM Policy', customerManaged: 'IAM Policy', awsManaged: 'IAM Policy', input: 'none' } as const

/** AWS names the kind of resource, not the ARN that was asked: that one is in the specific results. */
function template(resources: readonly string[]): string {
  const [, partition = 'aws', service = '*'] = (resources[0] ?? '').split(':')
  return resources[0]?.startsWith('arn:') === true ? `arn:${partition}:${service}:*` : '*'
}
