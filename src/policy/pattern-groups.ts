/**
 * Shorter ways to write a list of kept actions. Names that share a beginning which no removed action shares can be written
 * as one pattern:
 *
 *   keep GetObject, GetObjectAcl, GetObjectTagging; remove PutObject   →   s3:GetObject*
 *
 * The beginnings come from a trie over kept and removed names: a branch without a removed name is one group, written with
 * the longest beginning that its names share, so that it reaches no further than it must. Single names can be cut short too.
 */
import type { ActionName } from './names.ts'
import { actionKey, serviceOf } from './names.ts'

/** Names that may be written as `wildcard` instead; `saving` in characters of compact JSON. */
export type PatternGroup = { readonly wildcard: string; readonly names: readonly ActionName[]; readonly saving: number }

/** A quoted name and its comma. */
const writtenLength = (pattern: string): number => pattern.length + 3

/**
 * Disjoint groups over the kept names, each saving something.
 *
 * @param kept names that must stay
 * @param avoided names that no pattern may match
 * @param allows whether a pattern is contained in what was granted before
 */
export function patternGroups(
  kept: readonly ActionName[],
  avoided: readonly ActionName[],
  allows: (pattern: string) => boolean,
): PatternGroup[] {
  const avoidedKeys = avoided.map(actionKey).sort()
  const byService = new Map<string, ActionName[]>()
  for (const name of kept) byService.set(serviceOf(name), [...(byService.get(serviceOf(name)) ?? []), name])
  return [...byService.values()].flatMap((names) => groupsIn(sortedByKey(names), 0, avoidedKeys, allows))
}

const sortedByKey = (names: readonly ActionName[]): ActionName[] =>
  [...names].sort((a, b) => (actionKey(a) < actionKey(b) ? -1 : 1))

/** Names are sorted, so a branch of the trie is a run of them: the run is taken whole or split where its names part. */
function groupsIn(names: readonly ActionName[], beginning: number, avoidedKeys: readonly string[], allows: (pattern: string) => boolean): PatternGroup[] {
  const [first] = names
  const last = names.at(-1)
  if (first === undefined || last === undefined) return []
  if (names.length === 1) return shortened(first, beginning, avoidedKeys, allows)
  const prefix = first.slice(0, sharedPrefixLength(actionKey(first), actionKey(last)))
  const wildcard = `${prefix}*`
  const saving = names.reduce((sum, name) => sum + writtenLength(name), -writtenLength(wildcard))
  if (prefix.includes(':') && saving > 0 && !someStartsWith(avoidedKeys, actionKey(prefix)) && allows(wildcard)) {
    return [{ wildcard, names, saving }]
  }
  return branches(names, prefix.length).flatMap((branch) => groupsIn(branch, prefix.length + 1, avoidedKeys, allows))
}

/** A single long name, cut where no removed name begins the same: the last resort, and only where it saves something. */
function shortened(name: ActionName, beginning: number, avoidedKeys: readonly string[], allows: (pattern: string) => boolean): PatternGroup[] {
  for (let length = Math.max(beginning, name.indexOf(':') + 2); length < name.length - WORTHWHILE; length++) {
    const prefix = name.slice(0, length)
    if (someStartsWith(avoidedKeys, actionKey(prefix))) continue
    const wildcard = `${prefix}*`
    return allows(wildcard) ? [{ wildcard, names: [name], saving: name.length - wildcard.length }] : []
  }
  return []
}

const WORTHWHILE = 4

/** The runs of names that agree in one character more; a name that ends here is a run of its own. */
function branches(names: readonly ActionName[], length: number): ActionName[][] {
  const runs: ActionName[][] = []
  let next: string | null = null
  for (const name of names) {
    const character = name.charAt(length).toLowerCase()
    const run = runs.at(-1)
    if (run === undefined || character !== next) runs.push([name])
    else run.push(name)
    next = character
  }
  return runs
}

function sharedPrefixLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

/** Binary search in sorted keys. */
function someStartsWith(keys: readonly string[], prefix: string): boolean {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? '') < prefix) low = middle + 1
    else high = middle
  }
  return keys[low]?.startsWith(prefix) ?? false
}
