import { serviceOf } from '../../policy/names.ts'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { trailName } from '../cloudtrail/event-names.ts'
import { noSuchEntity } from '../iam/lookup.ts'
import { callsBetween } from '../life/occurrences.ts'
import { invalid, optionalText, page, requiredText } from '../protocol/json-params.ts'
import type { JsonParams, RestOperation } from '../protocol/rest-json.ts'
import { type AsyncJob, asyncJobsOf, findAsyncJob, pollAsyncJob, putAsyncJob } from '../state/async-job-table.ts'
import { uuidFrom } from '../state/ids.ts'
import { nextCount } from '../state/meta.ts'
import { findRole } from '../state/role-table.ts'
import { usageOf } from '../state/usage-table.ts'
import { notFound } from './analyzers.ts'

const KIND = 'policy-generation'

/** Policies made from what a trail saw of a role: management events only, denied calls too, no `iam:PassRole`. */
export const policyGenerationOperations: readonly RestOperation[] = [
  {
    name: 'StartPolicyGeneration',
    method: 'PUT',
    path: '/policy/generation',
    effect: 'job',
    run(params, context) {
      const principalArn = requiredText(Object(params.policyGenerationDetails), 'principalArn')
      const details = params.cloudTrailDetails
      if (typeof details !== 'object' || details === null) throw invalid('cloudTrailDetails must be given')
      if (findRole(context.database, nameIn(principalArn)) === null) throw noSuchEntity(`The principal ${principalArn} cannot be found.`)
      if (asyncJobsOf(context.database, KIND).some((job) => statusOf(job) === 'IN_PROGRESS'))
        throw new AwsError('ServiceQuotaExceededException', 402, 'A policy generation is in progress already')
      const id = uuidFrom(`${KIND} ${principalArn} ${context.now} ${nextCount(context.database)}`)
      putAsyncJob(context.database, { id, kind: KIND, createdAt: context.now, polls: 0, content: { principalArn, details } })
      return { jobId: id }
    },
  },
  {
    name: 'GetGeneratedPolicy',
    method: 'GET',
    path: '/policy/generation/{jobId}',
    effect: 'job',
    run(params, context) {
      const job = jobAsked(params, context)
      pollAsyncJob(context.database, job)
      const status = statusOf(job)
      const jobDetails = {
        jobId: job.id,
        status,
        startedOn: job.createdAt,
        ...(status === 'SUCCEEDED' ? { completedOn: context.now } : {}),
      }
      const principalArn = String(job.content.principalArn)
      if (status !== 'SUCCEEDED') return { jobDetails, generatedPolicyResult: { properties: { principalArn } } }
      const period = periodOf(job, context)
      const trails = trailsOf(job)
      const properties = { isComplete: true, principalArn, cloudTrailProperties: { trailProperties: trails, ...period } }
      const policy = generated(principalArn, period, context)
      return { jobDetails, generatedPolicyResult: { properties, generatedPolicies: policy === null ? [] : [{ policy }] } }
    },
  },
  {
    name: 'ListPolicyGenerations',
    method: 'GET',
    path: '/policy/generation',
    effect: 'read',
    run(params, context) {
      const arn = optionalText(params, 'principalArn')
      const jobs = asyncJobsOf(context.database, KIND).filter(({ content }) => arn === null || content.principalArn === arn)
      const { shown, next } = page(jobs, params, `ListPolicyGenerations ${arn}`, 100)
      const policyGenerations = shown.map((job) => ({
        jobId: job.id,
        principalArn: job.content.principalArn,
        status: statusOf(job),
        startedOn: job.createdAt,
      }))
      return { policyGenerations, ...next }
    },
  },
  {
    name: 'CancelPolicyGeneration',
    method: 'PUT',
    path: '/policy/generation/{jobId}',
    effect: 'job',
    run(params, context) {
      const job = jobAsked(params, context)
      if (statusOf(job) === 'IN_PROGRESS') putAsyncJob(context.database, { ...job, content: { ...job.content, canceled: true } })
      return {}
    },
  },
]

function jobAsked(params: JsonParams, { database }: CallContext): AsyncJob {
  const id = requiredText(params, 'jobId')
  const job = findAsyncJob(database, KIND, id)
  if (job === null) throw notFound(id)
  return job
}

function statusOf({ polls, content }: AsyncJob): 'IN_PROGRESS' | 'SUCCEEDED' | 'CANCELED' {
  if (content.canceled === true) return 'CANCELED'
  return polls > 0 ? 'SUCCEEDED' : 'IN_PROGRESS'
}

type Period = { readonly startTime: string; readonly endTime: string }

function periodOf({ content, createdAt }: AsyncJob, { now }: CallContext): Period {
  const { startTime, endTime } = Object(content.details)
  return { startTime: String(startTime ?? createdAt), endTime: String(endTime ?? now) }
}

function trailsOf({ content }: AsyncJob): readonly unknown[] {
  const trails: unknown = Object(content.details).trails
  return Array.isArray(trails) ? trails : []
}

/** One statement per service, on every resource; null where the trail saw nothing. */
function generated(roleArn: string, { startTime, endTime }: Period, { database }: CallContext): string | null {
  const role = findRole(database, nameIn(roleArn))
  const [from, to] = [Date.parse(startTime), Date.parse(endTime)]
  const actions = usageOf(database, role?.id ?? '')
    .filter((usage) => trailName(usage.action).kind === 'management' && callsBetween(usage, from, to) > 0)
    .map(({ action }) => action)
  if (actions.length === 0) return null
  const statements = [...Map.groupBy(actions.toSorted(), serviceOf)].map(([, list]) => ({ Effect: 'Allow', Action: list, Resource: '*' }))
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}

function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
