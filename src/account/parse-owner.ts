import type { Arn } from '../policy/names.ts'
import { parseArn } from './parse-arn.ts'

/** The account and partition that most ARNs name: those of AWS's own policies name no account. */
export function parseOwner(arns: readonly Arn[]): { readonly accountId: string | null; readonly partition: string } {
  const parts = arns.map(parseArn)
  return {
    accountId: mostFrequent(parts.flatMap((part) => part?.accountId ?? [])),
    partition: mostFrequent(parts.flatMap((part) => part?.partition ?? [])) ?? 'aws',
  }
}

/** The first of those that are equally frequent. */
function mostFrequent(values: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let best: string | null = null
  for (const [value, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = value
  return best
}
