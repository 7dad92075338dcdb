import type { AdviceQuestion, Advised } from '../ports/advice.ts'
import { type Asking, awaitJob } from './await-job.ts'
import { callAws } from './failure.ts'
import { present } from './read-pages.ts'
import { sending } from './sdk-values.ts'

type Generation = Advised<readonly string[]>
/** A policy that was made longer ago is made anew. */
const GOOD_MS = 7 * 86_400_000

const missing = (why: string): Generation => ({ status: 'missing', why, value: null })
const pending: Generation = { status: 'pending', why: 'AWS is making a policy from the trail: ask again in some minutes', value: null }

/**
 * A policy that Access Analyzer makes from a trail: one that was made lately, else a new one is begun where the account has a
 * trail and a role to read it with. Free; fifty a day.
 */
export async function readGeneratedPolicies(asking: Asking, question: AdviceQuestion): Promise<Generation> {
  const { clients, signal } = asking
  const client = await clients.accessAnalyzer()
  const { ListPolicyGenerationsCommand } = await import('@aws-sdk/client-accessanalyzer')
  const list = new ListPolicyGenerationsCommand({ principalArn: question.role.arn })
  const { policyGenerations } = await callAws('ListPolicyGenerations', 'read', () => client.send(list, sending(signal)))
  const young = present('ListPolicyGenerations', policyGenerations)
    .filter(({ startedOn }) => startedOn !== undefined && question.window.to.getTime() - startedOn.getTime() < GOOD_MS)
    .toSorted((a, b) => (b.startedOn?.getTime() ?? 0) - (a.startedOn?.getTime() ?? 0))
    .find(({ status }) => status === 'SUCCEEDED' || status === 'IN_PROGRESS')
  if (young?.jobId !== undefined) return readJob(asking, young.jobId)
  const started = await start(asking, question)
  return started.jobId === null ? missing(started.why) : readJob(asking, started.jobId)
}

type Started = { readonly jobId: string } | { readonly jobId: null; readonly why: string }

async function start({ clients, signal }: Asking, { role, trailReaders, window }: AdviceQuestion): Promise<Started> {
  const [accessRole] = trailReaders
  if (accessRole === undefined)
    return { jobId: null, why: 'no role lets Access Analyzer read a trail; the console makes one when a policy is generated there' }
  const trail = await clients.cloudTrail()
  const { DescribeTrailsCommand } = await import('@aws-sdk/client-cloudtrail')
  const described = await callAws('DescribeTrails', 'read', () => trail.send(new DescribeTrailsCommand({}), sending(signal)))
  const cloudTrailArn = described.trailList?.find(({ IsMultiRegionTrail }) => IsMultiRegionTrail === true)?.TrailARN
  if (cloudTrailArn === undefined) return { jobId: null, why: 'no trail of all regions to make a policy from' }
  const client = await clients.accessAnalyzer()
  const { StartPolicyGenerationCommand } = await import('@aws-sdk/client-accessanalyzer')
  const command = new StartPolicyGenerationCommand({
    policyGenerationDetails: { principalArn: role.arn },
    cloudTrailDetails: { trails: [{ cloudTrailArn, allRegions: true }], accessRole, startTime: window.from, endTime: window.to },
  })
  const { jobId } = await callAws('StartPolicyGeneration', 'read', () => client.send(command, sending(signal)))
  return { jobId: present('StartPolicyGeneration', jobId) }
}

async function readJob(asking: Asking, jobId: string): Promise<Generation> {
  const { clients, signal } = asking
  const operation = 'GetGeneratedPolicy'
  const client = await clients.accessAnalyzer()
  const { GetGeneratedPolicyCommand } = await import('@aws-sdk/client-accessanalyzer')
  const ask = () => callAws(operation, 'read', () => client.send(new GetGeneratedPolicyCommand({ jobId }), sending(signal)))
  const answer = await awaitJob(operation, asking, { ask, isRunning: ({ jobDetails }) => jobDetails?.status === 'IN_PROGRESS' })
  if (answer === null) return pending
  const status = answer.jobDetails?.status
  if (status !== 'SUCCEEDED')
    return missing(
      `the generation of a policy is ${status ?? 'lost'}${answer.jobDetails?.jobError?.message ? `: ${answer.jobDetails.jobError.message}` : ''}`,
    )
  const value = (answer.generatedPolicyResult?.generatedPolicies ?? []).flatMap(({ policy }) => policy ?? [])
  const whole = answer.generatedPolicyResult?.properties?.isComplete === false ? ', not complete' : ''
  return { status: 'connected', why: `made from the trail${whole}; it knows no data events and no iam:PassRole`, value }
}
