import { parseDate } from '../account/parse-date.ts'
import type { RoleCalls } from '../evidence/account-observations.ts'
import type { CalledActions } from '../evidence/called-actions.ts'
import type { ObservedCall } from '../evidence/evidence.ts'
import { type Arn, actionKey } from '../policy/names.ts'
import { isDenied } from './parse-cloudtrail.ts'

/** Calls of one role by one event name and outcome: a row of a query. */
export type CallRow = Readonly<Record<'role' | 'eventSource' | 'eventName' | 'errorCode' | 'calls' | 'last', string>>

/** How often each role called, and when it last used each action that an event's name proves: data events too. */
export function roleCallsOf(rows: readonly CallRow[], calledActions: CalledActions): readonly RoleCalls[] {
  const byRole = Map.groupBy(rows, ({ role }) => role)
  return [...byRole].flatMap(([roleArn, found]: [Arn, readonly CallRow[]]) => {
    const calls = found.reduce((sum, row) => sum + Number(row.calls), 0)
    return roleArn === '' || !Number.isFinite(calls) ? [] : [{ roleArn, calls, uses: usesOf(found, calledActions) }]
  })
}

function usesOf(rows: readonly CallRow[], calledActions: CalledActions): readonly ObservedCall[] {
  const newest = new Map<string, ObservedCall>()
  for (const { eventSource, eventName, errorCode, last } of rows) {
    const at = parseDate(last).date
    if (at === null) continue
    const denied = isDenied(errorCode)
    for (const action of calledActions({ eventSource, eventName, service: null })) {
      const key = `${actionKey(action)} ${denied}`
      const known = newest.get(key)
      if (known === undefined || known.at < at) newest.set(key, { action, at, denied })
    }
  }
  return [...newest.values()]
}
