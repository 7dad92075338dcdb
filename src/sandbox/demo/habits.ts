import type { FixtureUsage } from '../fixture.ts'

/** Short forms of usage. A habit goes on after the epoch; a memory does not. */

const HABITS = {
  always: { daysAgo: 0.02, everyDays: 0.01 },
  hourly: { daysAgo: 0.03, everyDays: 1 / 24 },
  daily: { daysAgo: 0.4, everyDays: 1 },
  weekly: { daysAgo: 2.3, everyDays: 7 },
  monthly: { daysAgo: 17, everyDays: 30 },
} as const

export type Habit = keyof typeof HABITS

/** `calls` in the 90 days before the epoch, all actions together; by default what the habit comes to. */
export function uses(habit: Habit, actions: readonly string[], calls?: number): FixtureUsage {
  const { daysAgo, everyDays } = HABITS[habit]
  return { actions, daysAgo, everyDays, calls: calls ?? Math.max(1, Math.round(90 / everyDays)) * actions.length }
}

/** Used so many days ago, and not since. */
export function usedOnce(daysAgo: number, actions: readonly string[], calls = actions.length): FixtureUsage {
  return { actions, daysAgo, calls: daysAgo > 90 ? 0 : calls }
}
