import { jsonRequirement } from '../authorisation/json-requirement.ts'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { TRAIL_LOG_GROUP } from '../cloudtrail/trails.ts'
import { talliesIn } from '../life/tallies.ts'
import { type JsonOperations, jsonRpcService } from '../protocol/json-rpc.ts'
import type { JsonParams } from '../protocol/rest-json.ts'
import { type AsyncJob, findAsyncJob, pollAsyncJob, putAsyncJob } from '../state/async-job-table.ts'
import { uuidFrom } from '../state/ids.ts'
import { nextCount } from '../state/meta.ts'
import { parseInsights } from './insights.ts'

const KIND = 'insights-query'
const DEFAULT_LIMIT = 1_000
const MOST = 10_000

/** CloudWatch Logs: the one log group that the trail writes to, and Insights queries over it as jobs. */
const operations: JsonOperations = {
  DescribeLogGroups: {
    effect: 'read',
    run({ logGroupNamePrefix }, context) {
      const isMeant = logGroupNamePrefix === undefined || TRAIL_LOG_GROUP.startsWith(String(logGroupNamePrefix))
      return { logGroups: isMeant ? [{ logGroupName: TRAIL_LOG_GROUP, arn: `${groupArn(context)}:*`, retentionInDays: 365 }] : [] }
    },
  },

  StartQuery: {
    effect: 'job',
    run(params, context) {
      for (const group of groupsAsked(params))
        if (group !== TRAIL_LOG_GROUP && !group.startsWith(groupArn(context)))
          throw new AwsError('ResourceNotFoundException', 400, `Log group '${group}' does not exist for account ID '${context.accountId}'`)
      const query = String(params.queryString ?? '')
      checked(query)
      const id = uuidFrom(`${KIND} ${query} ${context.now} ${nextCount(context.database)}`)
      const content = { query, from: Number(params.startTime), to: Number(params.endTime), limit: Number(params.limit ?? DEFAULT_LIMIT) }
      if (!(content.from <= content.to)) throw invalid('startTime must be before endTime')
      putAsyncJob(context.database, { id, kind: KIND, createdAt: context.now, polls: 0, content })
      return { queryId: id }
    },
  },

  GetQueryResults: {
    effect: 'job',
    run({ queryId }, context) {
      const job = findAsyncJob(context.database, KIND, String(queryId))
      if (job === null) throw new AwsError('ResourceNotFoundException', 400, 'The query does not exist.')
      if (pollAsyncJob(context.database, job) === 'running') return { status: 'Running', results: [], statistics: {} }
      return { status: 'Complete', ...resultOf(job, context), queryLanguage: 'CWLI' }
    },
  },

  StopQuery: { effect: 'job', run: () => ({ success: true }) },
}

export const logsService = jsonRpcService({
  id: 'logs',
  eventSource: 'logs.amazonaws.com',
  requirement: jsonRequirement('logs'),
  operations,
})

function resultOf({ content, createdAt }: AsyncJob, context: CallContext) {
  const pipeline = checked(String(content.query))
  const to = Math.min(Number(content.to) * 1000, Date.parse(createdAt))
  const tallies = talliesIn({ from: Number(content.from) * 1000, to }, { ...context, now: createdAt })
  const written = tallies.filter(({ columns }) => isWritten(columns))
  const matching = written.filter((tally) => pipeline.filters.every((filter) => filter(tally)))
  const results = pipeline.shape(matching).slice(0, Math.min(Number(content.limit), MOST))
  const count = (list: typeof tallies) => list.reduce((sum, one) => sum + one.count, 0)
  return { results, statistics: { recordsMatched: count(matching), recordsScanned: count(written), bytesScanned: count(written) * 1_500 } }
}

/** The trail keeps management events and the data events of S3 and Lambda. */
function isWritten({ eventcategory, eventsource }: Readonly<Record<string, string | null>>): boolean {
  return eventcategory === 'Management' || eventsource === 's3.amazonaws.com' || eventsource === 'lambda.amazonaws.com'
}

function groupsAsked({ logGroupName, logGroupNames, logGroupIdentifiers }: JsonParams): readonly string[] {
  const groups = [logGroupName, logGroupNames, logGroupIdentifiers].flat().filter((name) => typeof name === 'string')
  if (groups.length === 0) throw invalid('A log group must be given')
  return groups
}

function checked(query: string) {
  try {
    return parseInsights(query)
  } catch (error) {
    if (error instanceof SyntaxError) throw new AwsError('MalformedQueryException', 400, error.message)
    throw error
  }
}

function groupArn({ partition, accountId }: CallContext): string {
  return `arn:${partition}:logs:us-east-1:${accountId}:log-group:${TRAIL_LOG_GROUP}`
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', 400, message)
}
