import { uuidFrom } from '../state/ids.ts'

/** An event's id: a UUID whose first part is the second of the event, so that it can be found without an index. */
export function eventId(at: string | number, seed: string): string {
  const second = Math.floor((typeof at === 'number' ? at : Date.parse(at)) / 1000)
  return (second >>> 0).toString(16).padStart(8, '0') + uuidFrom(seed).slice(8)
}

/** Milliseconds of the second in an id; NaN for a text that is none. */
export function timeOfEventId(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) * 1000
}
