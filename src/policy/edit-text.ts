/**
 * Edits the text of a policy in place: the value of a statement's action element, or a whole statement. Every other byte
 * stays. The new value is laid out as the text around it is: compact in compact text, indented in indented text.
 */
import type { ActionClause } from './document.ts'
import { policyLayout, type Span, type StatementLayout } from './policy-layout.ts'

/** Statement index → its new actions, or null to take the statement out. */
export type StatementEdits = ReadonlyMap<number, ActionClause | null>

type Splice = Span & { readonly text: string }

/** The edited text, or null when no statement is left (IAM has no empty policies). */
export function editPolicyText(text: string, edits: StatementEdits): string | null {
  const layout = policyLayout(text)
  if (layout === null) return text
  const dropped = layout.map((_, index) => edits.get(index) === null)
  if (dropped.every(Boolean)) return null
  const splices = layout.flatMap((statement, index) => {
    const clause = edits.get(index)
    return clause === undefined || clause === null ? [] : actionSplices(text, statement, clause)
  })
  return applySplices(text, [...splices, ...dropSplices(layout, dropped)])
}

function actionSplices(text: string, { kind, actionKey, actions }: StatementLayout, clause: ActionClause): Splice[] {
  const written = writeList(text, actionKey.from, { patterns: clause.patterns, wasString: text.charAt(actions.from) === '"' })
  const splices: Splice[] = [{ ...actions, text: written }]
  if (kind !== clause.kind) splices.push({ ...actionKey, text: JSON.stringify(clause.kind) })
  return splices
}

/** One row a pattern in indented text, with the line ends and the indentation of the text. */
function writeList(
  text: string,
  at: number,
  { patterns, wasString }: { readonly patterns: readonly string[]; readonly wasString: boolean },
): string {
  const [only] = patterns
  if (wasString && patterns.length === 1) return JSON.stringify(only)
  const [, lineEnd, unit] = /(\r?\n)([ \t]+)/.exec(text) ?? []
  if (lineEnd === undefined || unit === undefined) return JSON.stringify(patterns)
  const lineStart = text.lastIndexOf('\n', at) + 1
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? ''
  const rows = patterns.map((pattern) => `${indent}${unit}${JSON.stringify(pattern)}`)
  return `[${lineEnd}${rows.join(`,${lineEnd}`)}${lineEnd}${indent}]`
}

/** A statement goes with the comma before it, or, where all before it go too, with the comma after it. */
function dropSplices(layout: readonly StatementLayout[], dropped: readonly boolean[]): Splice[] {
  const firstKept = dropped.indexOf(false)
  return layout.flatMap((statement, index) => {
    if (dropped[index] !== true) return []
    const before = layout[index - 1]
    const after = layout[index + 1]
    if (index > firstKept && before !== undefined) return [{ from: before.to, to: statement.to, text: '' }]
    return after === undefined ? [] : [{ from: statement.from, to: after.from, text: '' }]
  })
}

function applySplices(text: string, splices: readonly Splice[]): string {
  const inOrder = [...splices].sort((a, b) => a.from - b.from)
  const kept = inOrder.map(({ from, text: written }, at) => text.slice(inOrder[at - 1]?.to ?? 0, from) + written)
  return kept.join('') + text.slice(inOrder.at(-1)?.to ?? 0)
}
