import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { callEvent, isReading } from '../life/call-record.ts'
import { type Call, callsBefore, type Habit, habitsOf, type Place } from '../life/calls.ts'
import { sessionKey, sessionName } from '../life/workload.ts'
import { epochSeconds, type JsonOperation } from '../protocol/json-rpc.ts'
import type { JsonParams } from '../protocol/rest-json.ts'
import { type StoredTrailEvent, trailEventsIn } from '../state/trail-event-table.ts'
import { timeOfEventId } from './event-id.ts'
import { trailName } from './event-names.ts'

const KEPT_MS = 90 * 86_400_000
const MOST = 50

type Attribute = { readonly key: AttributeKey; readonly value: string }

/** One search attribute: whether an event has it, and whether a habit's calls could. */
type AttributeTest = {
  event(event: StoredTrailEvent, value: string): boolean
  habit(habit: Habit, value: string, context: CallContext): boolean
}

const attributes = {
  EventId: { event: ({ id }, value) => id === value, habit: () => true },
  EventName: { event: ({ name }, value) => name === value, habit: ({ action }, value) => trailName(action).name === value },
  EventSource: { event: ({ source }, value) => source === value, habit: ({ action }, value) => trailName(action).source === value },
  ReadOnly: {
    event: ({ readOnly }, value) => String(readOnly) === value.toLowerCase(),
    habit: ({ action, opensSession }, value, context) => String(opensSession || isReading(action, context)) === value.toLowerCase(),
  },
  Username: {
    event: ({ username }, value) => username === value,
    habit: ({ role, opensSession }, value) => !opensSession && sessionName(role) === value,
  },
  AccessKeyId: { event: ({ accessKey }, value) => accessKey === value, habit: ({ opensSession }) => !opensSession },
  ResourceName: {
    event: ({ resources }, value) => resources.some(({ name }) => name === value),
    habit: ({ role, opensSession }, value) =>
      opensSession && (value.includes(role.name) || value.slice(8) === sessionKey(role, 0).slice(8)),
  },
  ResourceType: {
    event: ({ resources }, value) => resources.some(({ type }) => type === value),
    habit: ({ opensSession }, value) => opensSession && /^AWS::(IAM::(Role|AccessKey)|STS::AssumedRole)$/.test(value),
  },
} satisfies Record<string, AttributeTest>

type AttributeKey = keyof typeof attributes

/** The event history of one Region: newest first, 90 days back, one attribute, fifty a page. Events arrive late. */
export const lookupEvents: JsonOperation = {
  effect: 'read',
  run(params, context) {
    const attribute = attributeAsked(params)
    if (wantsInsights(params)) return { Events: [] }
    const limit = limitAsked(params)
    const now = Date.parse(context.now)
    const oldest = Math.max(now - KEPT_MS, timeAsked(params, 'StartTime') ?? 0)
    const newest = Math.min(now - context.trailDelaySeconds * 1000, timeAsked(params, 'EndTime') ?? now)
    if (timeAsked(params, 'StartTime') !== null && oldest > (timeAsked(params, 'EndTime') ?? now))
      throw new AwsError('InvalidTimeRangeException', 400, 'The start time is after the end time, or the time range is older than 90 days.')
    const range = narrowed(attribute, oldest, newest)
    const question = JSON.stringify([attribute, params.StartTime ?? null, params.EndTime ?? null, context.region])
    const place = placeAsked(params, question) ?? { at: range.to, id: '~' }
    const shown: StoredTrailEvent[] = []
    for (const event of eventsBefore(place, range.from, attribute, context)) {
      if (shown.length === limit) {
        const last = shown.at(-1)
        return { Events: shown.map(shape), ...(last === undefined ? {} : { NextToken: tokenAfter(last, question) }) }
      }
      shown.push(event)
    }
    return { Events: shown.map(shape) }
  },
}

/** Insights are events of their own kind. This account has the selectors, and nothing unusual ever happened. */
function wantsInsights({ EventCategory }: JsonParams): boolean {
  if (EventCategory === undefined || EventCategory === null) return false
  if (EventCategory !== 'insight') throw new AwsError('InvalidEventCategoryException', 400, 'The event category is not valid.')
  return true
}

/** Calls that were made here and calls of the workloads, merged. */
function* eventsBefore(place: Place, from: number, attribute: Attribute | null, context: CallContext): Generator<StoredTrailEvent> {
  const test = attribute === null ? null : attributes[attribute.key]
  const fits = (event: StoredTrailEvent): boolean => attribute === null || test?.event(event, attribute.value) === true
  const habits = habitsOf(context).filter(
    (habit) => habit.region === context.region && (attribute === null || test?.habit(habit, attribute.value, context) === true),
  )
  const workloads = callsBefore(keyed(habits, attribute), place, from)
  const range = { region: context.region, from: iso(from), to: iso(place.at) }
  const stored = trailEventsIn(context.database, range).filter(
    (event) => fits(event) && (Date.parse(event.at) < place.at || event.id < place.id),
  )
  let call = nextFitting(workloads, fits, context)
  for (const event of stored) {
    for (; call !== null && isNewer(call, event); call = nextFitting(workloads, fits, context)) yield call
    yield event
  }
  for (; call !== null; call = nextFitting(workloads, fits, context)) yield call
}

function nextFitting(calls: Generator<Call>, fits: (event: StoredTrailEvent) => boolean, context: CallContext): StoredTrailEvent | null {
  for (let next = calls.next(); next.done !== true; next = calls.next()) {
    const event = callEvent(next.value, context)
    if (fits(event)) return event
  }
  return null
}

/** An access key belongs to one role and one half day: all other habits need not be asked. */
function keyed(habits: readonly Habit[], attribute: Attribute | null): readonly Habit[] {
  if (attribute?.key !== 'AccessKeyId') return habits
  const role = attribute.value.slice(8)
  return habits.filter((habit) => sessionKey(habit.role, 0).slice(8) === role)
}

function narrowed(attribute: Attribute | null, from: number, to: number): { readonly from: number; readonly to: number } {
  if (attribute?.key !== 'EventId') return { from, to }
  const at = timeOfEventId(attribute.value)
  return Number.isNaN(at) ? { from: 1, to: 0 } : { from: Math.max(from, at), to: Math.min(to, at + 999) }
}

function attributeAsked(params: JsonParams): Attribute | null {
  const list: unknown = params.LookupAttributes ?? []
  if (!Array.isArray(list)) throw invalidAttribute('LookupAttributes must be a list')
  if (list.length > 1) throw invalidAttribute('Only one lookup attribute is allowed.')
  if (list.length === 0) return null
  const one = Object(list[0])
  const key = (Object.keys(attributes) as AttributeKey[]).find((known) => known === one.AttributeKey)
  if (key === undefined || typeof one.AttributeValue !== 'string') throw invalidAttribute('The lookup attribute is not valid.')
  return { key, value: one.AttributeValue }
}

function limitAsked({ MaxResults }: JsonParams): number {
  if (MaxResults === undefined || MaxResults === null) return MOST
  if (typeof MaxResults === 'number' && Number.isInteger(MaxResults) && MaxResults >= 1 && MaxResults <= MOST) return MaxResults
  throw new AwsError('InvalidMaxResultsException', 400, `MaxResults must be between 1 and ${MOST}.`)
}

/** Milliseconds of an instant in seconds. */
function timeAsked(params: JsonParams, name: string): number | null {
  const value = params[name]
  return typeof value === 'number' ? value * 1000 : null
}

function placeAsked({ NextToken }: JsonParams, question: string): Place | null {
  if (NextToken === undefined || NextToken === null) return null
  try {
    const [asked, at, id]: unknown[] = JSON.parse(Buffer.from(String(NextToken), 'base64url').toString('utf8'))
    if (asked === question && typeof at === 'number' && typeof id === 'string') return { at, id }
  } catch {
    // falls through: not one of our tokens
  }
  throw new AwsError('InvalidNextTokenException', 400, 'The specified NextToken is not valid for this request.')
}

function tokenAfter(event: StoredTrailEvent, question: string): string {
  return Buffer.from(JSON.stringify([question, Date.parse(event.at), event.id])).toString('base64url')
}

function shape(event: StoredTrailEvent) {
  return {
    EventId: event.id,
    EventName: event.name,
    ReadOnly: String(event.readOnly),
    ...(event.accessKey === null ? {} : { AccessKeyId: event.accessKey }),
    EventTime: epochSeconds(event.at),
    EventSource: event.source,
    ...(event.username === null ? {} : { Username: event.username }),
    Resources: event.resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
    CloudTrailEvent: event.record,
  }
}

function isNewer(a: StoredTrailEvent, b: StoredTrailEvent): boolean {
  return a.at === b.at ? a.id > b.id : a.at > b.at
}

function invalidAttribute(message: string): AwsError {
  return new AwsError('InvalidLookupAttributesException', 400, message)
}

function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
