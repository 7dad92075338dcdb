import type { GrantEdit, GrantHistory } from '../evidence/grant-history.ts'
import { type Operation, operationTarget } from '../plan/operation.ts'
import { sameDocument } from '../policy/same-document.ts'
import type { Change } from './change.ts'

/** A change is carried out, and undone where it fails, within this time; clocks differ by minutes. */
const LASTS_MS = 3_600_000
const SKEW_MS = 300_000

/**
 * The edits that this program did not make: its own writes are in event history too, but what they wrote keeps the age of what
 * it replaced.
 */
export function editsByOthers(history: GrantHistory, changes: readonly Change[]): GrantHistory {
  if (changes.length === 0 || history.edits.length === 0) return history
  const isOurs = (edit: GrantEdit): boolean =>
    changes.some(({ at, operations }) => {
      const after = Date.parse(edit.at) - Date.parse(at)
      const mine = operations.filter(({ operation }) => targetOf(edit) === editTargetOf(operation))
      // A document that we wrote tells by itself, also where a change was finished days later.
      if (edit.kind === 'PutRolePolicy' && edit.text !== null)
        return after >= -SKEW_MS && mine.some(({ operation }) => textsOf(operation).some((text) => sameDocument(text, edit.text)))
      return after >= -SKEW_MS && after <= LASTS_MS && mine.length > 0
    })
  return { ...history, edits: history.edits.filter((edit) => !isOurs(edit)) }
}

/** An operation and its inverse have the same target, under the same kind of name. */
const editTargetOf = (operation: Operation): string => ('policyArn' in operation ? operation.policyArn : operationTarget(operation))

const textsOf = (operation: Operation): readonly (string | null)[] =>
  operation.kind === 'PutRolePolicy' ? [operation.before, operation.after] : operation.kind === 'DeleteRolePolicy' ? [operation.before] : []

const targetOf = (edit: GrantEdit): string => ('policyArn' in edit ? edit.policyArn : edit.policyName)
