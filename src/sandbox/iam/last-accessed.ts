import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import type { ServiceLastAccessed } from '../observation/last-accessed.ts'
import { observe } from '../observation/role-observation.ts'
import type { Use } from '../observation/usage.ts'
import type { QueryOperations } from '../protocol/query.ts'
import type { QueryParams } from '../protocol/query-params.ts'
import { element, instant, members, wrap } from '../protocol/xml.ts'
import { uuidFrom } from '../state/ids.ts'
import { findJob, insertJob, type LastAccessedJob, notePoll } from '../state/job-table.ts'
import { nextCount } from '../state/meta.ts'
import { findRole } from '../state/role-table.ts'
import { findUser } from '../state/user-table.ts'
import { noSuchEntity } from './lookup.ts'
import { pageEnd, pageOf, pageRequest } from './paging.ts'
import * as rules from './rules.ts'
import { serviceDisplayName } from './service-names.ts'

const PAGE_OF_SERVICES = 200

/** "Last accessed" reports: a job is asked for, is in progress at the first look and complete at the second. */
export const lastAccessedOperations: QueryOperations = {
  GenerateServiceLastAccessedDetails: {
    effect: 'job',
    run(params, context) {
      const arn = params.required('Arn', rules.policyArn)
      const granularity = params.optional('Granularity', { oneOf: ['SERVICE_LEVEL', 'ACTION_LEVEL'] }) ?? 'SERVICE_LEVEL'
      entityOf(arn, context)
      const id = uuidFrom(`last-accessed ${arn} ${context.now} ${nextCount(context.database)}`)
      insertJob(context.database, {
        id,
        caller: context.caller.arn,
        entityArn: arn,
        granularity,
        createdAt: context.now,
        polls: 0,
        completedAt: null,
      })
      return element('JobId', id)
    },
  },

  GetServiceLastAccessedDetails: {
    effect: 'job',
    run(params, context) {
      const { id, job, created, completedAt } = jobAsked(params, context)
      const page = pageRequest(params, `GetServiceLastAccessedDetails ${id}`, PAGE_OF_SERVICES)
      const head = created + element('JobType', job.granularity)
      if (completedAt === null) return element('JobStatus', 'IN_PROGRESS') + head + element('IsTruncated', false)
      const { services } = observe(entityOf(job.entityArn, context).id, completedAt, context)
      const { shown, next } = pageOf(services, page, (service) => service.service)
      return (
        element('JobStatus', 'COMPLETED') +
        head +
        element('JobCompletionDate', instant(completedAt)) +
        members('ServicesLastAccessed', shown, (service) => serviceElement(service, job)) +
        pageEnd(next, page.question)
      )
    },
  },

  /** Who used a service. A report about a role or a user knows one entity. */
  GetServiceLastAccessedDetailsWithEntities: {
    effect: 'job',
    run(params, context) {
      const { job, created, completedAt } = jobAsked(params, context)
      const namespace = params.required('ServiceNamespace', { min: 1, max: 64, pattern: /^[\w-]*$/ })
      if (completedAt === null) return element('JobStatus', 'IN_PROGRESS') + created + element('IsTruncated', false)
      const entity = entityOf(job.entityArn, context)
      const seen = observe(entity.id, completedAt, context).services.filter(({ service }) => service === namespace)
      const details = members('EntityDetailsList', seen, ({ lastUse }) => {
        const { id, name, path, kind } = entity
        const info =
          element('Arn', job.entityArn) + element('Name', name) + element('Type', kind) + element('Id', id) + element('Path', path)
        return wrap('EntityInfo', info) + element('LastAuthenticated', lastUse?.at)
      })
      const ended = created + element('JobCompletionDate', instant(completedAt))
      return element('JobStatus', 'COMPLETED') + ended + details + pageEnd(null, '')
    },
  },
}

/** Job and state that both ways of looking at a report begin with. */
function jobAsked(params: QueryParams, context: CallContext) {
  const id = params.required('JobId', { min: 36, max: 36 })
  const job = findJob(context.database, id)
  if (job === null || job.caller !== context.caller.arn) throw noSuchEntity(`Job ${id} cannot be found.`)
  const created = element('JobCreationDate', instant(job.createdAt))
  return { id, job, created, completedAt: completionOf(job, context) }
}

/** When the job was done, or null while it runs; looking at it is what moves it on. */
function completionOf(job: LastAccessedJob, { database, now }: CallContext): string | null {
  if (job.completedAt !== null) return job.completedAt
  const completedAt = job.polls > 0 ? now : null
  notePoll(database, job.id, completedAt)
  return completedAt
}

/** The role or user that an ARN names; policies and groups have no usage of their own here. */
function entityOf(arn: string, { database }: CallContext) {
  const [, kind, name] = /:(role|user)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
  if (kind === undefined || name === undefined) throw new AwsError('InvalidInput', 400, `Invalid ARN: ${arn}`)
  const found = kind === 'role' ? findRole(database, name) : findUser(database, name)
  if (found === null) throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`)
  return { id: found.id, name: found.name, path: found.path, kind: kind.toUpperCase() }
}

function serviceElement({ service, lastUse, tracked }: ServiceLastAccessed, job: LastAccessedJob): string {
  const actions = members(
    'TrackedActionsLastAccessed',
    tracked,
    (action) => element('ActionName', action.name) + lastUseElements(action.lastUse, job, 'LastAccessed', 'Time'),
  )
  return (
    element('ServiceName', serviceDisplayName(service)) +
    element('ServiceNamespace', service) +
    lastUseElements(lastUse, job, 'LastAuthenticated', '') +
    element('TotalAuthenticatedEntities', lastUse === null ? 0 : 1) +
    (job.granularity === 'ACTION_LEVEL' && tracked.length > 0 ? actions : '')
  )
}

function lastUseElements(use: Use | null, job: LastAccessedJob, prefix: string, timeSuffix: string): string {
  if (use === null) return ''
  return element(`${prefix}${timeSuffix}`, use.at) + element(`${prefix}Entity`, job.entityArn) + element(`${prefix}Region`, use.region)
}
