/**
 * Watches what the changes in effect have broken: joins denied calls with what each change removed, keeps what it saw in the
 * ledger, and ends the soaking of changes whose time is up. Without CloudTrail a change ends `unobserved`, never `settled`.
 */
import { createPolicyReader } from '../account/role-policies.ts'
import type { Change } from '../change/change.ts'
import { isInEffect, isStage } from '../change/lifecycle.ts'
import { removedBy, sightOf, type WatchSight } from '../change/watch.ts'
import { type ActionName, serviceOf } from '../policy/names.ts'
import type { Denials } from '../ports/denials.ts'
import type { AppContext } from './context.ts'
import { done, refuse } from './outcome.ts'
import type { Outcome } from './use-cases.ts'
import type { WatchedChange } from './views.ts'

export async function watchChanges(
  context: AppContext,
  roleName: string | null,
  signal?: AbortSignal,
): Promise<Outcome<readonly WatchedChange[]>> {
  const { denials, ledger, accountKey, clock } = context
  if (denials === null) return refuse(2, 'offline', 'saved files have no denied calls to watch', 'watch a live account, or the demo')
  const watched = ledger.changes(accountKey).filter((change) => isWatched(change, roleName))
  if (watched.length === 0) return done([])
  const since = new Date(Math.min(...watched.map(({ at }) => Date.parse(at))))
  const removals = watched.map((change) => removalOf(context, change))
  const services = new Set(removals.flatMap((removed) => removed.map(serviceOf)))
  const seen = await denials.readDenials({ since, services }, { signal })
  return done(
    watched.map((change, at) => {
      const sight = sightOf(context.catalog, change, removals[at] ?? [], seen.calls)
      ledger.keepWatch(change.changeId, { ...sight, checkedAt: clock.now().toISOString() })
      return { ...describe(change, sight, seen), state: settle(context, change, sight, seen) }
    }),
  )
}

const isWatched = (change: Change, roleName: string | null): boolean =>
  isStage(change) &&
  isInEffect(change) &&
  change.state !== 'settled' &&
  (roleName === null || change.roleName.toLowerCase() === roleName.toLowerCase())

/** What the change took from its role, by the role's snapshot. */
function removalOf({ ledger, catalog }: AppContext, change: Change): readonly ActionName[] {
  const before = ledger.snapshot(change.snapshot)
  return before === null ? [] : removedBy(catalog, before, change, createPolicyReader())
}

const describe = ({ changeId, roleName, stage, at }: Change, sight: WatchSight, seen: Denials) => ({
  changeId,
  roleName,
  stage,
  at,
  ...sight,
  regions: seen.regions,
  problem: seen.problem,
})

/** A change settles when it was watched for its whole soak time and nothing that it removed was called. */
function settle({ ledger, clock, soakMs }: AppContext, change: Change, sight: WatchSight, seen: Denials): Change['state'] {
  const soaked = clock.now().getTime() - Date.parse(change.at) >= soakMs
  if (!soaked || sight.denied.length > 0) return change.state
  const state = seen.problem === null ? 'settled' : 'unobserved'
  if (state !== change.state) ledger.setChangeState(change.changeId, state, clock.now().toISOString())
  return state
}
