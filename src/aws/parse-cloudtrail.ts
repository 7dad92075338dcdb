import { z } from 'zod'
import type { CalledActions } from '../evidence/called-actions.ts'
import type { ObservedCall } from '../evidence/evidence.ts'
import { type Arn, actionKey } from '../policy/names.ts'
import type { DeniedCall } from '../ports/denials.ts'
import { instant } from './usage-schema.ts'

const fields = z.record(z.string(), z.unknown()).nullish().catch(null)
const record = z.object({
  eventSource: z.string().nullish(),
  eventName: z.string().nullish(),
  eventTime: instant,
  awsRegion: z.string().nullish(),
  errorCode: z.string().nullish(),
  errorMessage: z.string().nullish(),
  requestParameters: fields,
  responseElements: fields,
  additionalEventData: z.object({ service: z.string().nullish() }).nullish().catch(null),
  userIdentity: z
    .object({ sessionContext: z.object({ sessionIssuer: z.object({ arn: z.string().nullish() }).nullish() }).nullish() })
    .nullish(),
})

/** A record of a log file, or an event of `LookupEvents`, which carries the record as a text. */
export const cloudTrailEvent = z.preprocess(unwrap, record)
export type CloudTrailEvent = z.infer<typeof record>

function unwrap(event: unknown): unknown {
  const text: unknown = Object(event).CloudTrailEvent
  if (typeof text !== 'string') return event
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export const isDenied = (errorCode: string): boolean => /AccessDenied|Unauthorized|^Forbidden/.test(errorCode)
/** AWS's wording of a denial names the action itself, which no mapping can do better. */
const deniedAction = /is not authorized to perform: ([\w-]+:\w+)/

/** The latest allowed and the latest denied call of each action, by the role whose session made it. */
export function parseObservedCalls(
  events: readonly CloudTrailEvent[],
  calledActions: CalledActions,
): ReadonlyMap<Arn, readonly ObservedCall[]> {
  const byRole = new Map<Arn, Map<string, ObservedCall>>()
  for (const event of events) {
    const roleArn = roleOf(event)
    if (roleArn === null) continue
    const calls = byRole.get(roleArn) ?? new Map<string, ObservedCall>()
    byRole.set(roleArn, calls)
    for (const call of observe(event, calledActions)) {
      const key = `${actionKey(call.action)} ${call.denied}`
      const known = calls.get(key)
      if (known === undefined || known.at < call.at) calls.set(key, call)
    }
  }
  return new Map([...byRole].filter(([, calls]) => calls.size > 0).map(([arn, calls]) => [arn, [...calls.values()]]))
}

/** The role whose session made the call. */
export const roleOf = (event: CloudTrailEvent): Arn | null => event.userIdentity?.sessionContext?.sessionIssuer?.arn || null

/** What a denied event of a role's session says was refused; nothing for other events. */
export function deniedCallsOf(event: CloudTrailEvent, region: string, calledActions: CalledActions): readonly DeniedCall[] {
  const roleArn = roleOf(event)
  if (roleArn === null) return []
  return observe(event, calledActions)
    .filter(({ denied }) => denied)
    .map(({ action, at }) => ({ at, roleArn, action, region: event.awsRegion ?? region, message: event.errorMessage ?? '' }))
}

function observe(event: CloudTrailEvent, calledActions: CalledActions): readonly ObservedCall[] {
  const { eventTime: at, eventSource, eventName } = event
  if (!at || !eventSource || !eventName) return []
  const denied = isDenied(event.errorCode ?? '')
  const named = denied ? deniedAction.exec(event.errorMessage ?? '')?.[1] : undefined
  const actions =
    named === undefined ? calledActions({ eventSource, eventName, service: event.additionalEventData?.service ?? null }) : [named]
  return actions.map((action) => ({ action, at, denied }))
}
