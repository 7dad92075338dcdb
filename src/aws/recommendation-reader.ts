import type { RecommendedStep as AwsStep } from '@aws-sdk/client-accessanalyzer'
import type { AdviceQuestion, Advised, RecommendedStep } from '../ports/advice.ts'
import { type Asking, awaitJob } from './await-job.ts'
import { countText } from './count-text.ts'
import { callAws } from './failure.ts'
import { readPages, tokenPage } from './read-pages.ts'
import { sending } from './sdk-values.ts'

/** What Access Analyzer recommends for the role's findings on unused permissions. Free; AWS makes it within seconds. */
export async function readRecommendation(asking: Asking, { findings }: AdviceQuestion): Promise<Advised<readonly RecommendedStep[]>> {
  const open = findings.filter(
    ({ findingType, status, analyzerArn }) => findingType === 'UnusedPermission' && status === 'ACTIVE' && analyzerArn,
  )
  if (open.length === 0)
    return { status: 'missing', why: 'Access Analyzer has no open finding on unused permissions of this role', value: null }
  const steps: RecommendedStep[] = []
  for (const { id, analyzerArn } of open) {
    const found = await recommendationOf(asking, { id, analyzerArn: analyzerArn ?? '' })
    if (typeof found === 'string') return { status: 'missing', why: found, value: null }
    if (found === null) return { status: 'pending', why: 'AWS is still working on its recommendation', value: null }
    steps.push(...found)
  }
  return { status: 'connected', why: countText(steps.length, 'step'), value: steps }
}

type Place = { readonly id: string; readonly analyzerArn: string }

/** The steps; a text says why there are none, null that they take too long. */
async function recommendationOf(asking: Asking, place: Place): Promise<readonly RecommendedStep[] | string | null> {
  const { clients, signal } = asking
  const client = await clients.accessAnalyzer(place.analyzerArn.split(':')[3] || undefined)
  const { GenerateFindingRecommendationCommand, GetFindingRecommendationCommand } = await import('@aws-sdk/client-accessanalyzer')
  const operation = 'GetFindingRecommendation'
  const ask = (nextToken: string | null) =>
    callAws(operation, 'read', () =>
      client.send(new GetFindingRecommendationCommand({ ...place, ...(nextToken === null ? {} : { nextToken }) }), sending(signal)),
    )
  await callAws('GenerateFindingRecommendation', 'read', () =>
    client.send(new GenerateFindingRecommendationCommand(place), sending(signal)),
  )
  const first = await awaitJob(operation, asking, { ask: () => ask(null), isRunning: ({ status }) => status === 'IN_PROGRESS' })
  if (first === null) return null
  if (first.status !== 'SUCCEEDED')
    return `Access Analyzer's recommendation is ${first.status ?? 'lost'}${first.error?.message ? `: ${first.error.message}` : ''}`
  const pages = await readPages(operation, async (token) => {
    const page = token === null ? first : await ask(token)
    return tokenPage(operation, page.recommendedSteps ?? [], page.nextToken)
  })
  return pages.flat().flatMap(stepOf)
}

function stepOf({ unusedPermissionsRecommendedStep: step }: AwsStep): readonly RecommendedStep[] {
  if (!step?.existingPolicyId) return []
  if (step.recommendedAction === 'DETACH_POLICY') return [{ policy: step.existingPolicyId, document: null }]
  return step.recommendedPolicy ? [{ policy: step.existingPolicyId, document: step.recommendedPolicy }] : []
}
