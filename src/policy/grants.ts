import type { ActionSet } from './action-set.ts'
import { difference, emptySet, union } from './action-set.ts'
import type { PolicyDocument, Statement } from './document.ts'
import type { Universe } from './universe.ts'

/** The actions that a statement speaks of, on whatever resource. */
export const statementActions = (universe: Universe, { actions }: Statement): ActionSet => universe.actionsOf(actions)

/** What the Allow statements of documents grant, on whatever resource and under whatever condition. */
export function allowedActions(universe: Universe, documents: Iterable<PolicyDocument>): ActionSet {
  let allowed = emptySet(universe.size)
  for (const { statements } of documents)
    for (const statement of statements) if (statement.effect === 'Allow') allowed = union(allowed, statementActions(universe, statement))
  return allowed
}

/** What is denied whatever the resource and the context: no Allow of the same principal can grant it. */
export function deniedOutright(universe: Universe, documents: Iterable<PolicyDocument>): ActionSet {
  let denied = emptySet(universe.size)
  for (const { statements } of documents)
    for (const statement of statements) if (deniesEverywhere(statement)) denied = union(denied, statementActions(universe, statement))
  return denied
}

/** The granted actions of a principal: allowed by some statement and not denied outright. */
export function grantedActions(universe: Universe, documents: readonly PolicyDocument[]): ActionSet {
  return difference(allowedActions(universe, documents), deniedOutright(universe, documents))
}

const deniesEverywhere = ({ effect, resources, condition }: Statement): boolean =>
  effect === 'Deny' && condition === null && resources.kind === 'Resource' && resources.patterns.includes('*')
