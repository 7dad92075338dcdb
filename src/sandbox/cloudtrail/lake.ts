import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { epochSeconds, type JsonOperations } from '../protocol/json-rpc.ts'
import type { JsonParams } from '../protocol/rest-json.ts'
import { type AsyncJob, findAsyncJob, pollAsyncJob, putAsyncJob } from '../state/async-job-table.ts'
import { uuidFrom } from '../state/ids.ts'
import { nextCount, readMeta } from '../state/meta.ts'
import { parseQuery, type Query } from './query/parse-query.ts'
import { runQuery } from './query/run-query.ts'

const KIND = 'lake-query'
const HOME = 'us-east-1'
const RETENTION_DAYS = 366
const MOST_ROWS = 1_000

/** CloudTrail Lake: one store that keeps management and data events, and queries over it as jobs. */
export const lakeOperations: JsonOperations = {
  ListEventDataStores: {
    effect: 'read',
    run: (_params, context) => ({ EventDataStores: context.region === HOME ? [{ EventDataStoreArn: storeArn(context), Name: NAME }] : [] }),
  },

  GetEventDataStore: {
    effect: 'read',
    run(params, context) {
      if (!isStore(String(params.EventDataStore), context)) throw noStore(String(params.EventDataStore))
      const created = epochSeconds(readMeta(context.database, 'epoch') ?? context.now) - 700 * 86_400
      return {
        EventDataStoreArn: storeArn(context),
        Name: NAME,
        Status: 'ENABLED',
        AdvancedEventSelectors: [
          { Name: 'Management events', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
          { Name: 'Data events', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] },
        ],
        MultiRegionEnabled: true,
        OrganizationEnabled: false,
        RetentionPeriod: RETENTION_DAYS,
        TerminationProtectionEnabled: true,
        BillingMode: 'EXTENDABLE_RETENTION_PRICING',
        CreatedTimestamp: created,
        UpdatedTimestamp: created,
      }
    },
  },

  StartQuery: {
    effect: 'job',
    run(params, context) {
      const statement = params.QueryStatement
      if (typeof statement !== 'string' || statement.length > 10_000) throw invalidQuery('The query statement must be a text')
      const { store } = queryIn(statement)
      if (!isStore(store, context)) throw noStore(store)
      const id = uuidFrom(`${KIND} ${statement} ${context.now} ${nextCount(context.database)}`)
      putAsyncJob(context.database, { id, kind: KIND, createdAt: context.now, polls: 0, content: { statement } })
      return { QueryId: id }
    },
  },

  DescribeQuery: {
    effect: 'job',
    run(params, context) {
      const job = queryAsked(params, context)
      const isDone = pollAsyncJob(context.database, job) === 'done'
      const creation = { CreationTime: epochSeconds(job.createdAt) }
      const answer = { QueryId: job.id, QueryString: job.content.statement }
      if (!isDone) return { ...answer, QueryStatus: 'RUNNING', QueryStatistics: creation }
      const { scanned, matched } = resultOf(job, context)
      const counted = { EventsScanned: scanned, EventsMatched: matched, BytesScanned: scanned * 1_500, ExecutionTimeInMillis: 900 }
      return { ...answer, QueryStatus: 'FINISHED', QueryStatistics: { ...counted, ...creation } }
    },
  },

  GetQueryResults: {
    effect: 'job',
    run(params, context) {
      const job = queryAsked(params, context)
      if (job.content.cancelled === true) return { QueryStatus: 'CANCELLED' }
      if (pollAsyncJob(context.database, job) === 'running') return { QueryStatus: 'RUNNING' }
      const { rows, scanned } = resultOf(job, context)
      const start = Number(params.NextToken ?? '0')
      const size = Math.min(Number(params.MaxQueryResults ?? MOST_ROWS), MOST_ROWS)
      if (!Number.isInteger(start) || !(size >= 1)) throw new AwsError('InvalidNextTokenException', 400, 'The token is not valid.')
      const shown = rows.slice(start, start + size)
      const more = start + size < rows.length ? { NextToken: String(start + size) } : {}
      const statistics = { ResultsCount: shown.length, TotalResultsCount: rows.length, BytesScanned: scanned * 1_500 }
      return { QueryStatus: 'FINISHED', QueryResultRows: shown, QueryStatistics: statistics, ...more }
    },
  },

  CancelQuery: {
    effect: 'job',
    run(params, context) {
      const job = queryAsked(params, context)
      if (job.polls > 1 || job.content.cancelled === true)
        throw new AwsError('InactiveQueryException', 400, `The query ${job.id} is not active.`)
      putAsyncJob(context.database, { ...job, content: { ...job.content, cancelled: true } })
      return { QueryId: job.id, QueryStatus: 'CANCELLED' }
    },
  },
}

const NAME = 'all-events'

function storeArn({ partition, accountId }: CallContext): string {
  return `arn:${partition}:cloudtrail:${HOME}:${accountId}:eventdatastore/${uuidFrom(`event-data-store ${accountId}`)}`
}

/** By its ARN or the id at its end. */
function isStore(name: string, context: CallContext): boolean {
  const arn = storeArn(context)
  return name === arn || name === arn.slice(arn.lastIndexOf('/') + 1)
}

function queryAsked({ QueryId }: JsonParams, { database }: CallContext): AsyncJob {
  const job = findAsyncJob(database, KIND, String(QueryId))
  if (job === null) throw new AwsError('QueryIdNotFoundException', 400, `The query ${String(QueryId)} does not exist.`)
  return job
}

/** A result is that of the moment of the query, whenever it is fetched. */
function resultOf({ content, createdAt }: AsyncJob, context: CallContext) {
  return runQuery(queryIn(String(content.statement)), RETENTION_DAYS, { ...context, now: createdAt })
}

function queryIn(statement: string): Query {
  try {
    return parseQuery(statement)
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidQuery(error.message)
    throw error
  }
}

function invalidQuery(message: string): AwsError {
  return new AwsError('InvalidQueryStatementException', 400, message)
}

function noStore(name: string): AwsError {
  return new AwsError('EventDataStoreNotFoundException', 400, `The event data store ${name} does not exist.`)
}
