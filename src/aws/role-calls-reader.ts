import { notObserved, type Observed, type RoleCalls } from '../evidence/account-observations.ts'
import type { Period } from '../ports/observations.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'
import type { JobTiming } from './last-accessed-job.ts'
import { present, readPages, tokenPage } from './read-pages.ts'
import { sending } from './sdk-values.ts'

type Timing = Pick<JobTiming, 'sleep' | 'waits' | 'timeout'>
type Store = { readonly id: string; readonly name: string; readonly keptDays: number }

/**
 * How often sessions of each role called AWS, counted by CloudTrail Lake where the account has an event data store. One
 * query, bounded by the period, since AWS bills by the data that it reads.
 */
export async function readRoleCalls(
  clients: AwsClients,
  period: Period,
  timing: Timing,
  signal?: AbortSignal,
): Promise<Observed<readonly RoleCalls[]>> {
  const store = await findStore(clients, signal)
  if (store === null) return notObserved('no CloudTrail Lake event data store counts calls', [])
  const queryId = await startQuery(clients, store, period, signal)
  const rows = await awaitRows(clients, queryId, timing, signal)
  if (typeof rows === 'string') return notObserved(`CloudTrail Lake: ${rows}`, [])
  const value = rows.flatMap(([role, calls]) => (role && Number.isFinite(Number(calls)) ? { roleArn: role, calls: Number(calls) } : []))
  const days = Math.round((period.to.getTime() - period.from.getTime()) / 86_400_000)
  const isWhole = store.keptDays >= days
  const why = `a billed query of CloudTrail Lake, event data store ${store.name}${isWhole ? '' : `, which keeps ${store.keptDays} days only`}`
  return { status: isWhole ? 'connected' : 'partial', why, observedUntil: period.to.toISOString(), value }
}

async function findStore(clients: AwsClients, signal?: AbortSignal): Promise<Store | null> {
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
    if (EventDataStoreArn && isUsable)
      return { id: EventDataStoreArn.split('/').at(-1) ?? '', name: store.Name ?? EventDataStoreArn, keptDays: store.RetentionPeriod ?? 0 }
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

async function startQuery(clients: AwsClients, { id }: Store, { from, to }: Period, signal?: AbortSignal): Promise<string> {
  const client = await clients.cloudTrail()
  const { StartQueryCommand } = await import('@aws-sdk/client-cloudtrail')
  const QueryStatement = [
    'SELECT userIdentity.sessionContext.sessionIssuer.arn AS role, COUNT(*) AS calls',
    `FROM ${id}`,
    `WHERE eventTime >= '${sqlTime(from)}' AND eventTime < '${sqlTime(to)}' AND userIdentity.type = 'AssumedRole'`,
    'GROUP BY userIdentity.sessionContext.sessionIssuer.arn',
  ].join(' ')
  const answer = await callAws('StartQuery', 'read', () => client.send(new StartQueryCommand({ QueryStatement }), sending(signal)))
  return present('StartQuery', answer.QueryId)
}

type Row = readonly [role: string | undefined, calls: string | undefined]

/** The rows of a finished query, or why there are none. */
async function awaitRows(
  clients: AwsClients,
  QueryId: string,
  { sleep, waits, timeout }: Timing,
  signal?: AbortSignal,
): Promise<readonly Row[] | string> {
  const operation = 'GetQueryResults'
  const client = await clients.cloudTrail()
  const { GetQueryResultsCommand } = await import('@aws-sdk/client-cloudtrail')
  const ask = (NextToken: string | null) =>
    callAws(operation, 'read', () =>
      client.send(
        new GetQueryResultsCommand({ QueryId, MaxQueryResults: 1_000, ...(NextToken === null ? {} : { NextToken }) }),
        sending(signal),
      ),
    )
  let waited = 0
  for (let k = 0; ; k += 1) {
    const { QueryStatus, ErrorMessage } = await ask(null)
    if (QueryStatus === 'FINISHED') break
    if (QueryStatus !== 'QUEUED' && QueryStatus !== 'RUNNING')
      return `the query is ${QueryStatus ?? 'lost'}${ErrorMessage ? `: ${ErrorMessage}` : ''}`
    if (waited >= timeout) return `the query was not done after ${Math.round(timeout / 1000)} s`
    const wait = waits[Math.min(k, waits.length - 1)] ?? 1_000
    await callAws(operation, 'read', () => sleep(wait, signal))
    waited += wait
  }
  const pages = await readPages(operation, async (token) => {
    const page = await ask(token)
    return tokenPage(operation, page.QueryResultRows ?? [], page.NextToken)
  })
  return pages.flat().map((cells): Row => {
    const row = Object.assign({}, ...cells)
    return [textOf(row.role), textOf(row.calls)]
  })
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
