/**
 * Edits the text of a policy in place: the value of a statement's action element, or a whole statement. Every other byte
 * stays. The new value is laid out as the text around it is: compact in compact text, indented in indented text.
 */
import type { Node } from 'jsonc-parser'
import type { ActionClause } from './document.ts'
import { membersOf, policyTree, statementNodes } from './parse.ts'

/** Statement index → its new actions, or null to take the statement out. */
export type StatementEdits = ReadonlyMap<number, ActionClause | null>

type Splice = { readonly from: number; readonly to: number; readonly text: string }

/** The edited text, or null when no statement is left (IAM has no empty policies). */
export function editPolicyText(text: string, edits: StatementEdits): string | null {
  const statement = membersOf(policyTree(text), 'the policy').get('Statement')
  if (statement === undefined) return text
  const nodes = statementNodes(statement)
  const dropped = nodes.map((_, index) => edits.get(index) === null)
  if (dropped.every(Boolean)) return null
  const splices = nodes.flatMap((node, index) => {
    const clause = edits.get(index)
    return clause === undefined || clause === null ? [] : actionSplices(text, node, clause)
  })
  return applySplices(text, [...splices, ...dropSplices(nodes, dropped)])
}

function actionSplices(text: string, statement: Node, clause: ActionClause): Splice[] {
  const property = (statement.children ?? []).find(({ children }) => ACTION_KEYS.has(String(children?.[0]?.value)))
  const [key, value] = property?.children ?? []
  if (key === undefined || value === undefined) return []
  const written = writeList(text, key.offset, { patterns: clause.patterns, wasString: value.type === 'string' })
  const splices: Splice[] = [{ from: value.offset, to: value.offset + value.length, text: written }]
  if (key.value !== clause.kind) splices.push({ from: key.offset, to: key.offset + key.length, text: JSON.stringify(clause.kind) })
  return splices
}

const ACTION_KEYS = new Set(['Action', 'NotAction'])

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
function dropSplices(nodes: readonly Node[], dropped: readonly boolean[]): Splice[] {
  const firstKept = dropped.indexOf(false)
  return nodes.flatMap((node, index) => {
    if (dropped[index] !== true) return []
    const before = nodes[index - 1]
    const after = nodes[index + 1]
    if (index > firstKept && before !== undefined) return [{ from: before.offset + before.length, to: node.offset + node.length, text: '' }]
    return after === undefined ? [] : [{ from: node.offset, to: after.offset, text: '' }]
  })
}

function applySplices(text: string, splices: readonly Splice[]): string {
  const inOrder = [...splices].sort((a, b) => a.from - b.from)
  const kept = inOrder.map(({ from, text: written }, at) => text.slice(inOrder[at - 1]?.to ?? 0, from) + written)
  return kept.join('') + text.slice(inOrder.at(-1)?.to ?? 0)
}
