/**
 * Spreads a policy over several documents, each within the limit. Statements of Allow form a union, so spreading them (and
 * the action list of one) over policies of the same role is exact; a Deny statement and a `NotAction` stay whole.
 *
 *   { A: a1 a2 a3, B }   →   { A: a1 a2 }, { A: a3, B }
 */
import type { Node } from 'jsonc-parser'
import { membersOf, policyTree, statementNodes } from './parse.ts'
import { compactText, policySize } from './size.ts'

/** A statement as compact text around its action list. Without `actions` it cannot be cut. */
type Piece = { readonly before: string; readonly actions: readonly string[] | null; readonly after: string }

/**
 * @param text a policy that parses
 * @returns the text itself where it fits, else compact texts in order; null when some statement cannot be made small enough
 */
export function splitPolicy(text: string, limit: number): readonly string[] | null {
  if (policySize(text) <= limit) return [text]
  const members = membersOf(policyTree(text), 'the policy')
  const version = members.get('Version')
  const statement = members.get('Statement')
  if (statement === undefined) return null
  const opening = `{${version === undefined ? '' : `"Version":${textOf(text, version)},`}"Statement":[`
  const room = limit - opening.length - ']}'.length
  const documents = fill(
    statementNodes(statement).map((node) => pieceOf(text, node)),
    room,
  )
  return documents?.map((statements) => `${opening}${statements.join(',')}]}`) ?? null
}

/** Takes as much of each piece as the document at hand still holds, and opens the next one for the rest. */
function fill(pieces: readonly Piece[], room: number): readonly (readonly string[])[] | null {
  const documents: string[][] = [[]]
  const waiting = [...pieces]
  let left = room
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const current = documents.at(-1) ?? []
    const comma = current.length > 0 ? 1 : 0
    const { fitting, rest } = cut(next, left - comma)
    if (fitting === null && current.length === 0) return null
    if (fitting !== null) {
      const statement = write(fitting)
      current.push(statement)
      left -= statement.length + comma
    }
    if (rest === null) continue
    waiting.unshift(rest)
    documents.push([])
    left = room
  }
  return documents
}

const write = ({ before, actions, after }: Piece): string => before + (actions === null ? '' : `[${actions.join(',')}]`) + after

/** As much of a statement as fits: all of it, or the first part of its action list. */
function cut(piece: Piece, room: number): { readonly fitting: Piece | null; readonly rest: Piece | null } {
  if (write(piece).length <= room) return { fitting: piece, rest: null }
  const { before, actions, after } = piece
  if (actions === null) return { fitting: null, rest: piece }
  let size = before.length + '[]'.length + after.length - 1
  const count = actions.findIndex((action) => {
    size += action.length + 1
    return size > room
  })
  if (count <= 0) return { fitting: null, rest: piece }
  return { fitting: { before, actions: actions.slice(0, count), after }, rest: { before, actions: actions.slice(count), after } }
}

function pieceOf(text: string, node: Node): Piece {
  const members = membersOf(node, 'the statement')
  const actions = members.get('Action')
  if (actions?.type !== 'array' || members.get('Effect')?.value !== 'Allow') return { before: textOf(text, node), actions: null, after: '' }
  return {
    before: compactText(text.slice(node.offset, actions.offset)),
    actions: (actions.children ?? []).map((child) => textOf(text, child)),
    after: compactText(text.slice(actions.offset + actions.length, node.offset + node.length)),
  }
}

const textOf = (text: string, { offset, length }: Node): string => compactText(text.slice(offset, offset + length))
