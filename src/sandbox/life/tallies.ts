/**
 * Calls counted rather than told: for each habit how many calls were done and how many denied in a time, and when the last
 * one was. This is what a query over a million events comes to.
 */
import type { CallContext } from '../call-context.ts'
import { deniedCode, deniedMessage, trailName, trailRegion } from '../cloudtrail/event-names.ts'
import { entityArn } from '../iam/shapes.ts'
import { allDenials, type StoredDenial } from '../state/denial-table.ts'
import { rolesAfter, type StoredRole } from '../state/role-table.ts'
import { trailEventsIn } from '../state/trail-event-table.ts'
import { allUsage, type StoredUsage } from '../state/usage-table.ts'
import { isReading } from './call-record.ts'
import { callsBetween, newestCall } from './occurrences.ts'
import { sessionName, workloadArn } from './workload.ts'

export type Tally = {
  /** By the lower-case names of CloudTrail Lake; absent or null: the event has no such field. */
  readonly columns: Readonly<Record<string, string | null>>
  readonly count: number
  /** Milliseconds of the last call. */
  readonly last: number
}

export type Span = { readonly from: number; readonly to: number }

/** Everything between two instants, both included. */
export function talliesIn(span: Span, context: CallContext): readonly Tally[] {
  return [...workloadTallies(span, context), ...storedTallies(span, context)]
}

function workloadTallies(span: Span, context: CallContext): readonly Tally[] {
  const usage = allUsage(context.database)
  const denials = Map.groupBy(allDenials(context.database), ({ owner, action }) => `${owner} ${action}`)
  return rolesAfter(context.database, { after: '', limit: -1 }).flatMap((role) => {
    const since = { from: Math.max(span.from, Date.parse(role.createDate)), to: span.to }
    return (usage.get(role.id) ?? [])
      .filter(({ action }) => trailName(action).kind !== 'never')
      .flatMap((one) => usageTallies(role, one, { span: since, denials: denials.get(`${role.id} ${one.action}`) ?? [], context }))
  })
}

type Observed = { readonly span: Span; readonly denials: readonly StoredDenial[]; readonly context: CallContext }

function usageTallies(role: StoredRole, usage: StoredUsage, { span, denials, context }: Observed): readonly Tally[] {
  const denied = denials.flatMap((denial) => {
    const clipped = clip(denial, span)
    const count = callsBetween(usage, clipped.from, clipped.to)
    const last = lastIn(usage, clipped)
    return count === 0 || last === null ? [] : [{ count, last, message: denial.message }]
  })
  const total = callsBetween(usage, span.from, span.to)
  const done = total - denied.reduce((sum, { count }) => sum + count, 0)
  const last = lastAllowed(usage, span, denials)
  const columns = columnsOf(role, usage, context)
  return [
    ...(done > 0 && last !== null ? [{ columns, count: done, last }] : []),
    ...denied.map((one) => ({
      columns: { ...columns, errorcode: deniedCode(usage.action), errormessage: deniedMessage(usage.action, one.message) },
      count: one.count,
      last: one.last,
    })),
  ]
}

function columnsOf(role: StoredRole, { action, region }: StoredUsage, context: CallContext): Tally['columns'] {
  const { source, name, kind } = trailName(action)
  return {
    eventsource: source,
    eventname: name,
    eventcategory: kind === 'data' ? 'Data' : 'Management',
    awsregion: trailRegion(action, region),
    readonly: String(isReading(action, context)),
    'useridentity.type': 'AssumedRole',
    'useridentity.arn': workloadArn(role, context),
    'useridentity.principalid': `${role.id}:${sessionName(role)}`,
    'useridentity.sessioncontext.sessionissuer.arn': entityArn(context, 'role', role.path, role.name),
    'useridentity.sessioncontext.sessionissuer.username': role.name,
    recipientaccountid: context.accountId,
  }
}

function clip({ since, until }: StoredDenial, { from, to }: Span): Span {
  return { from: Math.max(from, Date.parse(since)), to: until === null ? to : Math.min(to, Date.parse(until) - 1) }
}

function lastIn(usage: StoredUsage, { from, to }: Span): number | null {
  const at = newestCall(usage, to)
  return at !== null && at >= from ? at : null
}

/** The last call outside all denials: before each denial that holds it, there may be an earlier one. */
function lastAllowed(usage: StoredUsage, span: Span, denials: readonly StoredDenial[]): number | null {
  let last = lastIn(usage, span)
  for (const denial of denials.toReversed()) {
    const { from, to } = clip(denial, span)
    if (last !== null && last >= from && last <= to) last = lastIn(usage, { from: span.from, to: from - 1 })
  }
  return last
}

/** Calls that were made to this account, each its own tally. */
function storedTallies({ from, to }: Span, { database, accountId }: CallContext): readonly Tally[] {
  const range = { region: null, from: iso(from), to: iso(to) }
  return trailEventsIn(database, range).map((event) => {
    const parameters: unknown = Object(JSON.parse(event.record)).requestParameters
    const named = Object.entries(Object(parameters)).map(([name, value]) => [`requestparameters.${name.toLowerCase()}`, String(value)])
    const columns = {
      eventid: event.id,
      eventsource: event.source,
      eventname: event.name,
      eventcategory: 'Management',
      awsregion: event.region,
      readonly: String(event.readOnly),
      errorcode: event.error,
      'useridentity.type': event.roleArn === null ? 'IAMUser' : 'AssumedRole',
      'useridentity.username': event.roleArn === null ? event.username : null,
      'useridentity.sessioncontext.sessionissuer.arn': event.roleArn,
      recipientaccountid: accountId,
    }
    return { columns: { ...columns, ...Object.fromEntries(named) }, count: 1, last: Date.parse(event.at) }
  })
}

function iso(at: number): string {
  return `${new Date(Math.max(0, Math.min(at, 8e15))).toISOString().slice(0, 19)}Z`
}
