import type { ReadStep } from '../ports/aws.ts'

/** How far a long read is, as one line: `last-accessed 12/128`, and why it stands still where AWS asks for fewer calls. */
export function readStepText({ what, done, total, throttledMs }: ReadStep): string {
  const counted = `${what} ${done}${total === null ? '' : `/${total}`}`
  return throttledMs === undefined ? counted : `${counted}, ${throttledText(throttledMs)}`
}

export const throttledText = (ms: number): string => `throttled by AWS, goes on in ${Math.ceil(ms / 1000)} s`
