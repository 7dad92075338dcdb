import { membersOf, policyTree, statementNodes } from '../parse.ts'

/** Lines and columns count from 1. */
export type TextPosition = { readonly line: number; readonly column: number }

/** From the brace that opens a statement to the place after the one that closes it. */
export type StatementSpan = { readonly start: TextPosition; readonly end: TextPosition }

/** Where each statement of a parsed policy stands in its text, in the order of its statements. */
export function statementSpans(text: string): StatementSpan[] {
  const statement = membersOf(policyTree(text), 'the policy').get('Statement')
  if (statement === undefined) return []
  return statementNodes(statement).map(({ offset, length }) => ({
    start: positionAt(text, offset),
    end: positionAt(text, offset + length),
  }))
}

function positionAt(text: string, offset: number): TextPosition {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}
