import { diffLines } from 'diff'
import type { PlannedPolicy, PlanStage } from '../plan/plan.ts'
import { cleanLines } from '../words/clean.ts'

export type DiffLine = { readonly kind: 'same' | 'added' | 'removed' | 'gap'; readonly text: string }

/** One policy before and after a stage. */
export type DocumentDiff = {
  readonly name: string
  /** The name of the policy that it replaces. */
  readonly oldName: string | null
  readonly kind: PlannedPolicy['kind']
  readonly fate: 'replaced' | 'changed' | 'added' | 'dropped' | 'same'
  readonly lines: readonly DiffLine[]
}

/** Lines of unchanged text kept around a change. */
const context = 3

/** Beyond this many edits the two texts have little in common: whole old text, then whole new text. */
const editLimit = 1500

const printed = (policy: PlannedPolicy | undefined): string =>
  policy === undefined ? '' : `${JSON.stringify(policy.document, null, 2) ?? policy.text}\n`

function rawDiff(before: string, after: string): readonly DiffLine[] {
  const parts = diffLines(before, after, { maxEditLength: editLimit }) ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ]
  return parts.flatMap((part) => {
    const kind = part.added ? 'added' : part.removed ? 'removed' : 'same'
    return cleanLines(part.value.replace(/\n$/, '')).map((text): DiffLine => ({ kind, text }))
  })
}

/** Long unchanged stretches shrink to one line that says how long they were. */
function shorten(lines: readonly DiffLine[]): readonly DiffLine[] {
  const keep = lines.map(() => false)
  lines.forEach((line, index) => {
    if (line.kind === 'same') return
    for (let near = Math.max(0, index - context); near <= Math.min(lines.length - 1, index + context); near++) keep[near] = true
  })
  const shown: DiffLine[] = []
  let hidden = 0
  const closeGap = (): void => {
    if (hidden > 0) shown.push({ kind: 'gap', text: String(hidden) })
    hidden = 0
  }
  lines.forEach((line, index) => {
    if (keep[index] === true) {
      closeGap()
      shown.push(line)
    } else hidden++
  })
  closeGap()
  return shown
}

/** What changed from one text to another, with the lines around it. */
export const diffTexts = (before: string, after: string): readonly DiffLine[] => shorten(rawDiff(before, after))

const keyOf = (policy: PlannedPolicy): string => `${policy.kind} ${policy.arn ?? policy.name}`

type Pair = { readonly old: PlannedPolicy | undefined; readonly next: PlannedPolicy | undefined }

/** Policies by identity; one that goes and one that comes are one document that changed its name. */
function pairsOf({ before, after }: PlanStage): readonly Pair[] {
  const here = new Map(after.map((policy) => [keyOf(policy), policy]))
  const there = new Set(before.map(keyOf))
  const kept: readonly Pair[] = before.flatMap((old) => (here.has(keyOf(old)) ? [{ old, next: here.get(keyOf(old)) }] : []))
  const gone = before.filter((policy) => !here.has(keyOf(policy)))
  const come = after.filter((policy) => !there.has(keyOf(policy)))
  if (gone.length === 1 && come.length === 1) return [...kept, { old: gone[0], next: come[0] }]
  return [...kept, ...gone.map((old) => ({ old, next: undefined })), ...come.map((next) => ({ old: undefined, next }))]
}

function fateOf({ old, next }: Pair): DocumentDiff['fate'] {
  if (old === undefined) return 'added'
  if (next === undefined) return 'dropped'
  if (keyOf(old) !== keyOf(next)) return 'replaced'
  return old.text === next.text ? 'same' : 'changed'
}

/** What changes first, then what comes or goes, then what stays as it is. */
const fateOrder: readonly DocumentDiff['fate'][] = ['replaced', 'changed', 'dropped', 'added', 'same']

export function diffStage(stage: PlanStage): readonly DocumentDiff[] {
  return pairsOf(stage)
    .flatMap((pair): readonly DocumentDiff[] => {
      const policy = pair.next ?? pair.old
      if (policy === undefined) return []
      const fate = fateOf(pair)
      const lines = fate === 'same' ? [] : diffTexts(printed(pair.old), printed(pair.next))
      return [{ name: policy.name, oldName: fate === 'replaced' ? (pair.old?.name ?? null) : null, kind: policy.kind, fate, lines }]
    })
    .toSorted((a, b) => fateOrder.indexOf(a.fate) - fateOrder.indexOf(b.fate))
}
