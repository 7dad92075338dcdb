import type { PreparedDemo } from './prepared-demo.ts'
import { press, type Scenario, type Step, type, waitFor, waitGone } from './scenario.ts'

/** A scene of the story: what the caption says, what is done, and how long a viewer needs to read what it leads to. */
export type Scene = { readonly caption: string; readonly steps: readonly Step[]; readonly seconds: number }

export const storySize = { columns: 120, rows: 32 } as const

/**
 * List, why, preview, apply, a denied call, one-key rollback. The role closes the books: one of its steps runs once a quarter, so
 * ninety days of evidence do not show it. The program is left before that step and opened again when CloudTrail has told of it.
 */
export const story: readonly Scene[] = [
  {
    caption: 'An account’s roles, worst first. Most of what they are granted is never used.',
    steps: [waitFor('Roles 128', 'legacy-admin-role'), waitGone('scanning')],
    seconds: 4,
  },
  {
    caption: '/ filters by name and by figures.',
    steps: [type('/'), waitFor('Enter keeps'), type('quarter unused>0'), waitFor('Roles 1 of 128')],
    seconds: 3,
  },
  {
    caption: 'One role: what it may do, what it never does, and how one can know.',
    steps: [
      press('Enter'),
      waitGone('Enter keeps'),
      press('Enter'),
      waitFor('Actions │ Policies', 'rds'),
      press('Enter'),
      waitFor('rds:CopyDB'),
      press('Down'),
      waitFor('last use'),
    ],
    seconds: 5,
  },
  {
    caption: 'p: the proposal, in stages, proved: no new access, everything used is kept.',
    steps: [type('p'), waitFor('✓ no new access', '✓ used kept')],
    seconds: 5,
  },
  { caption: 'The policies before and after.', steps: [press('Tab', 'Right'), waitFor('Sid')], seconds: 4 },
  {
    caption: 'a: what exactly will happen. Cancel is focused; the key that asked never confirms.',
    steps: [type('a'), waitFor('▸ [ Cancel ]')],
    seconds: 4,
  },
  {
    caption: 'Applied. The snapshot and a restore script were on disk before the first write.',
    steps: [press('Tab'), waitFor('▸ [ Apply stage 1 ]'), press('Enter'), waitFor('✓ Applied', 'restore.sh')],
    seconds: 5,
  },
  {
    caption: 'Twenty minutes later. A job that runs once a quarter needed what was removed.',
    steps: [
      type('qqqqq'),
      waitFor('Roles 128'),
      waitGone('scanning'),
      type('3'),
      waitFor('Stages 1'),
      type('w'),
      waitFor('1 denied call', 'rds:CopyDBSnapshot'),
    ],
    seconds: 6,
  },
  {
    caption: 'b would give back this one action …',
    steps: [type('b'), waitFor(/denied\s+rds:CopyDBSnapshot/)],
    seconds: 4,
  },
  {
    caption: '… and u, one key, puts the whole role back exactly as it was.',
    steps: [press('Escape'), waitGone('Give one action back'), type('u'), waitFor('✓ Restored', 'rolled back')],
    seconds: 6,
  },
]

const minute = 60_000

export function storyScenario(demo: PreparedDemo, steps: readonly Step[]): Scenario {
  const at = (minutes: number): string => new Date(demo.quarterClose + minutes * minute).toISOString()
  return {
    args: ['--demo', '--now', at(-5)],
    again: ['--demo', '--now', at(20)],
    prepared: demo.dataDir,
    size: storySize,
    steps,
  }
}
