/**
 * The catalog: every known IAM action with its access level, whether "last accessed" tracks it, and what it depends on.
 *
 * The generated file is front-coded. A service line is its prefix and then its names in order, each as one digit (how many
 * characters it shares with the name before), the rest of the name, and one mark (level and tracking):
 *
 *   sqs 0AddPermission=1CancelMessageMoveTask%        → AddPermission, CancelMessageMoveTask
 *
 * A dependents line is an action and the places of the actions that depend on it, as differences in base 36.
 */
import type { AccessLevel } from './access-level.ts'
import { catalogDate, catalogDependents, catalogServices } from './catalog.generated.ts'
import { LEVELS, MARKS, PREFIX_DIGITS, TRACKED } from './catalog-code.ts'
import type { ActionName } from './names.ts'
import { actionKey } from './names.ts'

export type CatalogAction = {
  readonly name: ActionName
  readonly level: AccessLevel
  /** Whether "last accessed" reports the action; null: no source says. */
  readonly tracked: boolean | null
  /** What AWS documents that the action may need besides. */
  readonly dependsOn: readonly ActionName[]
}

export type Catalog = {
  /** Date of the newest source, `YYYY-MM-DD`. */
  readonly date: string
  /** All actions, by service and then by name. */
  readonly actions: readonly CatalogAction[]
  find(action: string): CatalogAction | null
}

/** What each of a table's characters stands for, by its code. */
const byCode = <T>(characters: string, meanings: (place: number) => T): ReadonlyMap<number, T> =>
  new Map(Array.from(characters, (character, place) => [character.charCodeAt(0), meanings(place)]))

const markMeanings = byCode(MARKS, (place) => ({
  level: LEVELS[Math.floor(place / TRACKED.length)] ?? 'Write',
  tracked: TRACKED[place % TRACKED.length] ?? null,
}))
const sharedLengths = byCode(PREFIX_DIGITS, (place) => place)

/** One name with its digit and its mark. The engine cuts the lines much faster than a loop over characters would. */
const WORD = new RegExp(`[^${MARKS}]+[${MARKS}]`, 'g')

type Entry = { name: ActionName; level: AccessLevel; tracked: boolean | null; dependsOn: readonly ActionName[] }

const NOTHING: readonly ActionName[] = []

function readServiceLine(line: string, into: Entry[]): void {
  const space = line.indexOf(' ')
  const prefix = `${line.slice(0, space)}:`
  let previous = ''
  for (const word of line.slice(space + 1).match(WORD) ?? []) {
    const meaning = markMeanings.get(word.charCodeAt(word.length - 1))
    if (meaning === undefined) continue
    previous = previous.slice(0, sharedLengths.get(word.charCodeAt(0))) + word.slice(1, -1)
    into.push({ name: prefix + previous, level: meaning.level, tracked: meaning.tracked, dependsOn: NOTHING })
  }
}

function readDependentsLine(line: string, entries: readonly Entry[]): void {
  const [dependency, ...deltas] = line.split(' ')
  if (dependency === undefined) return
  let index = 0
  for (const delta of deltas) {
    index += Number.parseInt(delta, 36)
    const entry = entries[index]
    if (entry !== undefined) entry.dependsOn = [...entry.dependsOn, dependency]
  }
}

/** Reads the generated file: some milliseconds, so the workspace does it once and passes it on. */
export function loadCatalog(): Catalog {
  const entries: Entry[] = []
  for (const line of catalogServices.trim().split('\n')) readServiceLine(line, entries)
  for (const line of catalogDependents.trim().split('\n')) readDependentsLine(line, entries)
  let byKey: ReadonlyMap<string, CatalogAction> | null = null
  const find = (action: string): CatalogAction | null => {
    byKey ??= new Map(entries.map((entry) => [actionKey(entry.name), entry]))
    return byKey.get(actionKey(action)) ?? null
  }
  return { date: catalogDate, actions: entries, find }
}
