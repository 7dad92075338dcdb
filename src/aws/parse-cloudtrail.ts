import { z } from 'zod'
import type { ObservedCall } from '../evidence/evidence.ts'
import { type ActionName, type Arn, actionKey } from '../policy/names.ts'
import { instant } from './usage-schema.ts'

/** Maps CloudTrail's names to the IAM action; null where the mapping is not known for certain. */
export type ActionOf = (eventSource: string, eventName: string) => ActionName | null

const record = z.object({
  eventSource: z.string().nullish(),
  eventName: z.string().nullish(),
  eventTime: instant,
  errorCode: z.string().nullish(),
  errorMessage: z.string().nullish(),
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

const deniedCode = /AccessDenied|Unauthorized|^Forbidden/
/** AWS's wording of a denial names the action itself, which no mapping can do better. */
const deniedAction = /is not authorized to perform: ([\w-]+:\w+)/

/** The latest allowed and the latest denied call of each action, by the role whose session made it. */
export function parseObservedCalls(events: readonly CloudTrailEvent[], actionOf: ActionOf): ReadonlyMap<Arn, readonly ObservedCall[]> {
  const byRole = new Map<Arn, Map<string, ObservedCall>>()
  for (const event of events) {
    const seen = observe(event, actionOf)
    if (seen === null) continue
    const calls = byRole.get(seen.roleArn) ?? new Map<string, ObservedCall>()
    byRole.set(seen.roleArn, calls)
    const key = `${actionKey(seen.call.action)} ${seen.call.denied}`
    const known = calls.get(key)
    if (known === undefined || known.at < seen.call.at) calls.set(key, seen.call)
  }
  return new Map([...byRole].map(([arn, calls]) => [arn, [...calls.values()]]))
}

function observe(event: CloudTrailEvent, actionOf: ActionOf): { readonly roleArn: Arn; readonly call: ObservedCall } | null {
  const roleArn = event.userIdentity?.sessionContext?.sessionIssuer?.arn
  if (!roleArn || !event.eventTime || !event.eventSource || !event.eventName) return null
  const denied = deniedCode.test(event.errorCode ?? '')
  const named = denied ? deniedAction.exec(event.errorMessage ?? '')?.[1] : undefined
  const action = named ?? actionOf(event.eventSource, event.eventName)
  return action === null ? null : { roleArn, call: { action, at: event.eventTime, denied } }
}
