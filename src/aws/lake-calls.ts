import type { Period } from '../ports/observations.ts'
import { type Asking, awaitJob } from './await-job.ts'
import type { CallRow } from './call-rows.ts'
import type { CallStore, CallsAnswer } from './call-store.ts'
import { callAws } from './failure.ts'
import { present, readPages, tokenPage } from './read-pages.ts'
import { sending } from './sdk-values.ts'

/** The first event data store of CloudTrail Lake that keeps management events; null where there is none. */
export async function findLake({ clients, signal }: Asking): Promise<CallStore | null> {
  const operation = 'ListEventDataStores'
  const client = await clients.cloudTrail()
  const { GetEventDataStoreCommand, ListEventDataStoresCommand } = await import('@aws-sdk/client-cloudtrail')
  const pages = await readPages(operation, async (NextToken) => {
    const input = NextToken === null ? {} : { NextToken }
    const page = await callAws(operation, 'read', () => client.send(new ListEventDataStoresCommand(input), sending(signal)))
    return tokenPage(operation, page.EventDataStores, page.NextToken)
  })
  for (const { EventDataStoreArn } of pages.flat()) {
    const read = () => client.send(new GetEventDataStoreCommand({ EventDataStore: EventDataStoreArn }), sending(signal))
    const store = await callAws('GetEventDataStore', 'read', read)
    const isUsable = store.Status === 'ENABLED' && (store.AdvancedEventSelectors === undefined || countsCalls(store.AdvancedEventSelectors))
    if (!EventDataStoreArn || !isUsable) continue
    const id = EventDataStoreArn.split('/').at(-1) ?? ''
    const name = `event data store ${store.Name ?? EventDataStoreArn}`
    return {
      service: 'CloudTrail Lake',
      name,
      keptDays: store.RetentionPeriod ?? 0,
      query: (asking, period) => queryLake(asking, id, period),
    }
  }
  return null
}

type Selectors = readonly {
  readonly FieldSelectors?: readonly { readonly Field?: string | undefined; readonly Equals?: readonly string[] | undefined }[] | undefined
}[]

/** A store may keep configuration items or insights instead. */
const countsCalls = (selectors: Selectors): boolean =>
  selectors.some(({ FieldSelectors }) =>
    FieldSelectors?.some(({ Field, Equals }) => Field === 'eventCategory' && Equals?.includes('Management')),
  )

const sqlTime = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ')

async function queryLake(asking: Asking, store: string, { from, to }: Period): Promise<CallsAnswer> {
  const { clients, signal } = asking
  const client = await clients.cloudTrail()
  const { GetQueryResultsCommand, StartQueryCommand } = await import('@aws-sdk/client-cloudtrail')
  const role = 'userIdentity.sessionContext.sessionIssuer.arn'
  const QueryStatement = [
    `SELECT ${role} AS role, eventSource AS source, eventName AS name, errorCode AS error, COUNT(*) AS calls, MAX(eventTime) AS last`,
    `FROM ${store}`,
    `WHERE eventTime >= '${sqlTime(from)}' AND eventTime < '${sqlTime(to)}' AND userIdentity.type = 'AssumedRole'`,
    `GROUP BY ${role}, eventSource, eventName, errorCode`,
  ].join(' ')
  const started = await callAws('StartQuery', 'read', () => client.send(new StartQueryCommand({ QueryStatement }), sending(signal)))
  const QueryId = present('StartQuery', started.QueryId)
  const operation = 'GetQueryResults'
  const ask = (NextToken: string | null) => {
    const input = { QueryId, MaxQueryResults: 1_000, ...(NextToken === null ? {} : { NextToken }) }
    return callAws(operation, 'read', () => client.send(new GetQueryResultsCommand(input), sending(signal)))
  }
  const first = await awaitJob(operation, asking, {
    ask: () => ask(null),
    isRunning: ({ QueryStatus }) => QueryStatus === 'QUEUED' || QueryStatus === 'RUNNING',
  })
  if (first === null) return { problem: `the query was not done after ${Math.round(asking.timing.timeout / 1000)} s` }
  if (first.QueryStatus !== 'FINISHED')
    return { problem: `the query is ${first.QueryStatus ?? 'lost'}${first.ErrorMessage ? `: ${first.ErrorMessage}` : ''}` }
  const pages = await readPages(operation, async (token) => {
    const page = token === null ? first : await ask(token)
    return tokenPage(operation, page.QueryResultRows ?? [], page.NextToken)
  })
  return { problem: null, isWhole: true, rows: pages.flat().map(rowOf) }
}

function rowOf(cells: readonly Readonly<Record<string, string>>[]): CallRow {
  const row = Object.assign({}, ...cells)
  const text = (name: string): string => (typeof row[name] === 'string' ? row[name] : '')
  return {
    role: text('role'),
    eventSource: text('source'),
    eventName: text('name'),
    errorCode: text('error'),
    calls: text('calls'),
    last: text('last'),
  }
}
