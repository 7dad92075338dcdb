import { actionKey, serviceOf } from '../policy/names.ts'
import type { ObservedCall } from './evidence.ts'
import { isInside, type Opinion, type SourceReading, silent, type Window } from './reading.ts'

/** CloudTrail shows use, the newest call of each action. It is no evidence of non-use here: trails have gaps. */
export function readCalls(calls: readonly ObservedCall[], window: Window): SourceReading {
  const inside = calls.filter((call) => isInside(call.at, window)).sort((a, b) => (a.at < b.at ? -1 : 1))
  if (inside.length === 0) return silent(null)
  const named = new Map<string, Opinion>()
  for (const call of inside) {
    const key = actionKey(call.action)
    const everDenied = call.denied && named.get(key)?.reason !== ALLOWED
    named.set(key, {
      state: 'used',
      source: 'cloudtrail',
      lastAccessed: call.at,
      observedUntil: call.at,
      reason: everDenied ? 'called, and every call was denied' : ALLOWED,
    })
  }
  return {
    ...silent(null),
    isSilent: false,
    busy: new Set(inside.map(({ action }) => serviceOf(action))),
    eachNamed(say) {
      for (const [action, opinion] of named) say([{ action }], opinion)
    },
  }
}

const ALLOWED = 'called'
