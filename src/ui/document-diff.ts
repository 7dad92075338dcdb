import { diffLines } from 'diff'
import type { PlannedPolicy, PlanStage } from '../plan/plan.ts'
import { cleanLines } from '../words/clean.ts'

export type DiffLine = { readonly kind: 'same' | 'added' | 'removed' | 'gap'; readonly text: string }

/** One policy before and after a stage. `before` or `after` is missing where the stage creates or drops it. */
export type DocumentDiff = {
  readonly name: string
  readonly kind: PlannedPolicy['kind']
  readonly fate: 'changed' | 'added' | 'dropped' | 'same'
  readonly lines: readonly DiffLine[]
}

/** Lines of unchanged text kept around a change. */
const context = 3

/** Beyond this many edits the two texts have little in common: whole old text, then whole new text. */
const editLimit = 4000

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

const keyOf = (policy: PlannedPolicy): string => `${policy.kind} ${policy.arn ?? policy.name}`

/** Policies that change first, then those that come or go, then those that stay as they are. */
const fateOrder: readonly DocumentDiff['fate'][] = ['changed', 'dropped', 'added', 'same']

export function diffStage(stage: PlanStage): readonly DocumentDiff[] {
  const before = new Map(stage.before.map((policy) => [keyOf(policy), policy]))
  const after = new Map(stage.after.map((policy) => [keyOf(policy), policy]))
  const keys = new Set([...before.keys(), ...after.keys()])
  return [...keys]
    .flatMap((key) => {
      const old = before.get(key)
      const next = after.get(key)
      const policy = next ?? old
      if (policy === undefined) return []
      const fate = old === undefined ? 'added' : next === undefined ? 'dropped' : old.text === next.text ? 'same' : 'changed'
      const lines = fate === 'same' ? [] : shorten(rawDiff(printed(old), printed(next)))
      return [{ name: policy.name, kind: policy.kind, fate, lines } satisfies DocumentDiff]
    })
    .toSorted((a, b) => fateOrder.indexOf(a.fate) - fateOrder.indexOf(b.fate))
}
