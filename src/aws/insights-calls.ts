import type { Period } from '../ports/observations.ts'
import { type Asking, awaitJob } from './await-job.ts'
import type { CallRow } from './call-rows.ts'
import type { CallStore, CallsAnswer } from './call-store.ts'
import { callAws } from './failure.ts'
import { present } from './read-pages.ts'
import { sending } from './sdk-values.ts'

/** More rows than this Insights does not give. */
const MOST_ROWS = 10_000
const FOREVER = 36_500

/** The log group that a trail writes to; null where none does. */
export async function findTrailLogs({ clients, signal }: Asking): Promise<CallStore | null> {
  const trails = await clients.cloudTrail()
  const { DescribeTrailsCommand } = await import('@aws-sdk/client-cloudtrail')
  const { trailList } = await callAws('DescribeTrails', 'read', () => trails.send(new DescribeTrailsCommand({}), sending(signal)))
  const trail = trailList?.find(({ CloudWatchLogsLogGroupArn }) => CloudWatchLogsLogGroupArn !== undefined)
  const arn = trail?.CloudWatchLogsLogGroupArn?.replace(/:\*$/, '')
  if (arn === undefined) return null
  const region = arn.split(':')[3] ?? ''
  const logGroupNamePrefix = arn.split(':').slice(6).join(':')
  const client = await clients.logs(region)
  const { DescribeLogGroupsCommand } = await import('@aws-sdk/client-cloudwatch-logs')
  const ask = () => client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }), sending(signal))
  const { logGroups } = await callAws('DescribeLogGroups', 'read', ask)
  const group = present('DescribeLogGroups', logGroups).find(({ logGroupName }) => logGroupName === logGroupNamePrefix)
  return {
    service: 'CloudWatch Logs Insights',
    name: `log group ${logGroupNamePrefix}`,
    keptDays: group?.retentionInDays ?? FOREVER,
    query: (asking, period) => queryLogs(asking, { arn, region }, period),
  }
}

const ROLE = 'userIdentity.sessionContext.sessionIssuer.arn'
const QUERY = [
  'filter userIdentity.type = "AssumedRole"',
  `stats count(*) as calls, max(eventTime) as last by ${ROLE}, eventSource, eventName, errorCode`,
  `limit ${MOST_ROWS}`,
].join(' | ')

type LogGroup = { readonly arn: string; readonly region: string }

async function queryLogs(asking: Asking, { arn, region }: LogGroup, { from, to }: Period): Promise<CallsAnswer> {
  const { clients, signal } = asking
  const client = await clients.logs(region)
  const { GetQueryResultsCommand, StartQueryCommand } = await import('@aws-sdk/client-cloudwatch-logs')
  const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)
  const start = new StartQueryCommand({
    logGroupIdentifiers: [arn],
    startTime: seconds(from),
    endTime: seconds(to),
    queryString: QUERY,
    limit: MOST_ROWS,
  })
  const started = await callAws('StartQuery', 'read', () => client.send(start, sending(signal)))
  const queryId = present('StartQuery', started.queryId)
  const ask = () => callAws('GetQueryResults', 'read', () => client.send(new GetQueryResultsCommand({ queryId }), sending(signal)))
  const answer = await awaitJob('GetQueryResults', asking, {
    ask,
    isRunning: ({ status }) => status === 'Scheduled' || status === 'Running',
  })
  if (answer === null) return { problem: `the query was not done after ${Math.round(asking.timing.timeout / 1000)} s` }
  if (answer.status !== 'Complete') return { problem: `the query is ${answer.status ?? 'lost'}` }
  const rows = (answer.results ?? []).map(rowOf)
  return { problem: null, isWhole: rows.length < MOST_ROWS, rows }
}

function rowOf(cells: readonly { readonly field?: string | undefined; readonly value?: string | undefined }[]): CallRow {
  const text = (name: string): string => cells.find(({ field }) => field === name)?.value ?? ''
  return {
    role: text(ROLE),
    eventSource: text('eventSource'),
    eventName: text('eventName'),
    errorCode: text('errorCode'),
    calls: text('calls'),
    last: text('last'),
  }
}
