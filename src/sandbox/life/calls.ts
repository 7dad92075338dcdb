/**
 * The calls of the workloads, newest first, told one by one: each habit gives its newest call before a place, the newest of
 * all is taken, and that habit gives the one before. Nothing is stored and nothing is counted in advance, so a page of fifty
 * costs the same in an account that called a million times.
 */
import type { CallContext } from '../call-context.ts'
import { eventId } from '../cloudtrail/event-id.ts'
import { trailName, trailRegion } from '../cloudtrail/event-names.ts'
import { allDenials, type StoredDenial } from '../state/denial-table.ts'
import { rolesAfter, type StoredRole } from '../state/role-table.ts'
import { allUsage, type StoredUsage } from '../state/usage-table.ts'
import { newestCall } from './occurrences.ts'
import { SESSION_MS, sessionStart } from './workload.ts'

/** One thing that a role does again and again: call an action, or open a session. */
export type Habit = {
  readonly role: StoredRole
  readonly action: string
  readonly region: string
  readonly usages: readonly StoredUsage[]
  readonly denials: readonly StoredDenial[]
  /** Opens a session whenever one of the usages needs it. */
  readonly opensSession: boolean
}

export type Call = { readonly habit: Habit; readonly at: number; readonly id: string }

/** A place between calls: before this instant, and among those of the same instant before this id. */
export type Place = { readonly at: number; readonly id: string }

/** What leaves management events, habit by habit. */
export function habitsOf({ database }: Pick<CallContext, 'database'>): readonly Habit[] {
  const usage = allUsage(database)
  const denials = Map.groupBy(allDenials(database), ({ owner, action }) => `${owner} ${action}`)
  return rolesAfter(database, { after: '', limit: -1 }).flatMap((role) => {
    const usages = usage.get(role.id) ?? []
    if (usages.length === 0) return []
    const opening = { role, action: 'sts:AssumeRole', region: usages[0]?.region ?? '', usages, denials: [], opensSession: true }
    return [
      opening,
      ...usages
        .filter(({ action }) => trailName(action).kind === 'management')
        .map((one) => ({
          role,
          action: one.action,
          region: trailRegion(one.action, one.region),
          usages: [one],
          denials: denials.get(`${role.id} ${one.action}`) ?? [],
          opensSession: false,
        })),
    ]
  })
}

/** Calls before a place and not before `from`, newest first. */
export function* callsBefore(habits: readonly Habit[], place: Place, from: number): Generator<Call> {
  const heap = habits.flatMap((habit) => callBefore(habit, place, from) ?? [])
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(heap, at)
  for (let newest = heap[0]; newest !== undefined; newest = heap[0]) {
    yield newest
    const next = callBefore(newest.habit, newest, from)
    if (next === null) replaceByLast(heap)
    else heap[0] = next
    sink(heap, 0)
  }
}

/** A habit's newest call before a place; null where there is none since `from` or since the role was made. */
export function callBefore(habit: Habit, place: Place, from: number): Call | null {
  const floor = Math.max(from, Date.parse(habit.role.createDate))
  let at = newestOf(habit, place.at)
  let id = at === null ? '' : idOf(habit, at)
  if (at === place.at && id >= place.id) {
    at = newestOf(habit, place.at - 1)
    id = at === null ? '' : idOf(habit, at)
  }
  return at === null || at < floor ? null : { habit, at, id }
}

function newestOf({ usages, opensSession }: Habit, until: number): number | null {
  const latest = opensSession ? sessionStart(until) + SESSION_MS - 1 : until
  const calls = usages.flatMap((usage) => newestCall(usage, latest) ?? [])
  if (calls.length === 0) return null
  const newest = Math.max(...calls)
  return opensSession ? sessionStart(newest) : newest
}

function idOf({ role, action }: Habit, at: number): string {
  return eventId(at, `${role.id} ${action} ${at}`)
}

/** Why a call was refused; null where it was done. */
export function refusalAt({ denials }: Pick<Habit, 'denials'>, at: number): string | null {
  const covering = denials.find(({ since, until }) => at >= Date.parse(since) && (until === null || at < Date.parse(until)))
  return covering?.message ?? null
}

function isNewer(a: Call, b: Call): boolean {
  return a.at === b.at ? a.id > b.id : a.at > b.at
}

function replaceByLast(heap: Call[]): void {
  const last = heap.pop()
  if (heap.length > 0 && last !== undefined) heap[0] = last
}

function sink(heap: Call[], start: number): void {
  for (let at = start; ; ) {
    const item = heap[at]
    let best = at
    for (const child of [2 * at + 1, 2 * at + 2]) {
      const one = heap[child]
      const other = heap[best]
      if (one !== undefined && other !== undefined && isNewer(one, other)) best = child
    }
    const winner = heap[best]
    if (best === at || item === undefined || winner === undefined) return
    heap[at] = winner
    heap[best] = item
    at = best
  }
}
