import type { ActionSet } from './action-set.ts'
import { difference } from './action-set.ts'
import type { PolicyDocument, Statement } from './document.ts'
import { addActions, type Universe } from './universe.ts'

/** The actions that a statement speaks of, on whatever resource. */
export const statementActions = (universe: Universe, { actions }: Statement): ActionSet => universe.actionsOf(actions)

/** What the Allow statements of documents grant, on whatever resource and under whatever condition. */
export function allowedActions(universe: Universe, documents: Iterable<PolicyDocument>): ActionSet {
  const allowed = universe.emptySet()
  for (const { statements } of documents)
    for (const { effect, actions } of statements) if (effect === 'Allow') addActions(universe, allowed, actions)
  return allowed
}

/** What is denied whatever the resource and the context: no Allow of the same principal can grant it. */
export function deniedOutright(universe: Universe, documents: Iterable<PolicyDocument>): ActionSet {
  let denied = universe.nothing
  for (const { statements } of documents)
    for (const statement of statements) {
      if (!deniesEverywhere(statement)) continue
      if (denied === universe.nothing) denied = universe.emptySet()
      addActions(universe, denied, statement.actions)
    }
  return denied
}

/** The granted actions of a principal: allowed by some statement and not denied outright. */
export function grantedActions(universe: Universe, documents: readonly PolicyDocument[]): ActionSet {
  return withoutDenied(universe, allowedActions(universe, documents), deniedOutright(universe, documents))
}

export const withoutDenied = (universe: Universe, allowed: ActionSet, denied: ActionSet): ActionSet =>
  denied === universe.nothing ? allowed : difference(allowed, denied)

const deniesEverywhere = ({ effect, resources, condition }: Statement): boolean =>
  effect === 'Deny' && condition === null && resources.kind === 'Resource' && resources.patterns.includes('*')
