import { createPolicyReader } from '../account/role-policies.ts'
import { removedBy } from '../change/watch.ts'
import type { AppContext } from './context.ts'
import { done, refuse } from './outcome.ts'
import type { Outcome } from './use-cases.ts'

/** The actions that a change took from its role: what can be given back, by name. */
export function removedActions({ ledger, catalog }: AppContext, changeId: string): Outcome<readonly string[]> {
  const change = ledger.change(changeId)
  if (change === null) return refuse(2, 'unknown-change', `there is no change ${changeId}`, 'see the changes with: zt-tui history')
  const before = ledger.snapshot(change.snapshot)
  if (before === null) return refuse(5, 'ledger', `the snapshot of change ${changeId} is not in the ledger`)
  return done(removedBy(catalog, before, change, createPolicyReader()))
}
