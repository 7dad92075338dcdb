/**
 * Words an overlay: the removed actions by name, with wildcards only as far as size needs them. No pattern matches any other
 * action of the universe, and none meets a pattern that the rewrite leaves, so that the overlay denies nothing that the role
 * is going to keep, be it catalogued or not.
 */
import type { ActionSet } from '../policy/action-set.ts'
import { difference, indexesOf, isEmptySet } from '../policy/action-set.ts'
import type { ActionClause, PolicyDocument } from '../policy/document.ts'
import { globContains, globsMeet, parseGlob } from '../policy/glob.ts'
import { serviceOf } from '../policy/names.ts'
import { type PatternGroup, patternGroups, writtenLength } from '../policy/pattern-groups.ts'
import { policySize } from '../policy/size.ts'
import { everyAction, hasWildcard, patternSet, type Universe } from '../policy/universe.ts'
import { overlayText } from './overlay.ts'

export type OverlayDraft = { readonly text: string; readonly patterns: readonly string[]; readonly size: number }

/** Whether wildcards may stand is for `allows` to say. The wording with the fewest of them that needs no more than `room` characters, or the shortest one where none does. */
export function draftOverlay(
  universe: Universe,
  { removed, room, allows }: { readonly removed: ActionSet; readonly room: number; allows(pattern: string): boolean },
): OverlayDraft {
  const names = indexesOf(removed).map((index) => universe.names[index] ?? '')
  const groups = patternGroups(universe, { kept: removed, avoided: difference(everyAction(universe), removed), allows })
  let excess = names.reduce((sum, name) => sum + writtenLength(name), policySize(overlayText([]))) - 1 - room
  const chosen: PatternGroup[] = []
  for (const group of groups.sort((a, b) => b.saving - a.saving)) {
    if (excess <= 0) break
    chosen.push(group)
    excess -= group.saving
  }
  const written = new Set(chosen.flatMap((group) => group.names))
  const patterns = [...names.filter((name) => !written.has(name)), ...chosen.map(({ wildcard }) => wildcard)].sort()
  const text = overlayText(patterns)
  return { text, patterns, size: policySize(text) }
}

/** The same without one action: what stands for it is written anew, within what it denied. Null when nothing is left. */
export function narrowOverlay(universe: Universe, patterns: readonly string[], without: string, room: number): OverlayDraft | null {
  const removed = difference(patternSet(universe, patterns), patternSet(universe, [without]))
  const old = patterns.map(globOf)
  const allows = (pattern: string): boolean => old.some((glob) => globContains(glob, globOf(pattern)))
  return isEmptySet(removed) ? null : draftOverlay(universe, { removed, room, allows })
}

/** Whether a pattern denies nothing that the Allow statements of these documents grant by a wildcard. */
export function freeOf(documents: readonly PolicyDocument[]): (pattern: string) => boolean {
  const clauses = documents.flatMap(({ statements }) => statements.filter(({ effect }) => effect === 'Allow').map(({ actions }) => actions))
  const listed = Map.groupBy(
    clauses.flatMap(({ kind, patterns }) => (kind === 'Action' ? patterns.filter(hasWildcard) : [])),
    serviceOf,
  )
  const excluding = clauses.filter(({ kind }) => kind === 'NotAction')
  return (pattern) => {
    const near = [...(listed.get(serviceOf(pattern)) ?? []), ...(listed.get('*') ?? [])]
    return !near.some((other) => meet(other, pattern)) && excluding.every((clause) => excludes(clause, pattern))
  }
}

const globOf = (pattern: string) => parseGlob(pattern, { foldCase: true })
const meet = (one: string, other: string): boolean => globsMeet(globOf(one), globOf(other))
const excludes = ({ patterns }: ActionClause, pattern: string): boolean =>
  patterns.some((excluded) => globContains(globOf(excluded), globOf(pattern)))
