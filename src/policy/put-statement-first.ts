import { findNodeAtLocation, parseTree } from 'jsonc-parser'

/** The text with one statement more, before the others, every byte of which stays; null where there is no list of statements. */
export function putStatementFirst(text: string, statement: object): string | null {
  const tree = parseTree(text)
  const statements = tree === undefined ? undefined : findNodeAtLocation(tree, ['Statement'])
  if (statements === undefined) return null
  const { offset, length, type } = statements
  const first = JSON.stringify(statement)
  const [before, body, after] = [text.slice(0, offset), text.slice(offset, offset + length), text.slice(offset + length)]
  if (type === 'object') return `${before}[${first},${body}]${after}`
  if (type !== 'array') return null
  return `${before}[${first}${(statements.children ?? []).length > 0 ? ',' : ''}${body.slice(1)}${after}`
}
