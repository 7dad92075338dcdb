import type { Tag } from '../account/account.ts'

/** Plain order of UTF-16 units: the same on every machine and in every language. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function toTags(tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined): readonly Tag[] {
  return (tags ?? []).map((tag) => ({ key: tag.Key ?? '', value: tag.Value ?? '' })).toSorted((a, b) => byCodeUnits(a.key, b.key))
}

/** The second argument of `client.send`. No further call begins once the signal has aborted. */
export function sending(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  if (signal?.aborted) throw new DOMException('cancelled', 'AbortError')
  return signal === undefined ? {} : { abortSignal: signal }
}
