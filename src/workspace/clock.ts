import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../ports/clock.ts'

/** The wall clock, or one that starts at `--now` and runs on. */
export function clockFrom(start: string | null): Clock {
  let shift = start === null ? 0 : Date.parse(start) - Date.now()
  let last = Date.now()
  return {
    now() {
      const wall = Date.now()
      // A clock that is set back would make waiting endless and changes older than those before them: time goes on from where it was.
      if (wall < last) shift += last - wall
      last = wall
      return new Date(wall + shift)
    },
    sleep: async (ms, signal) => {
      await wait(ms, undefined, signal === undefined ? {} : { signal })
    },
  }
}

/** Sorts by time and reads well: `20261121T103000Z-4f2a9c`. */
export const newId = (clock: Clock): string =>
  `${clock
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`
