/**
 * How far a role's grant of an action reaches: 1 on every resource without a condition, less where a resource or a
 * condition limits it, 0 where it is not granted. Narrowing a grant never raises its reach.
 */
import type { ActionSet } from '../policy/action-set.ts'
import { hasIndex } from '../policy/action-set.ts'
import type { PolicyDocument, ResourceClause, Statement } from '../policy/document.ts'
import { type Glob, globContains, parseGlob } from '../policy/glob.ts'
import { deniedOutright, statementActions } from '../policy/grants.ts'
import type { Universe } from '../policy/universe.ts'

const SCOPED = 0.5
const CONDITIONAL = 0.7

export type Reach = (action: string) => number

export function reachOf(universe: Universe, documents: readonly PolicyDocument[], boundary: PolicyDocument | null): Reach {
  const allows = rankedAllows(universe, documents)
  const denied = deniedOutright(universe, boundary === null ? documents : [...documents, boundary])
  const capped = boundary === null ? null : rankedAllows(universe, [boundary])
  const within = (statements: readonly RankedAllow[], index: number): number =>
    statements.find(({ actions }) => hasIndex(actions, index))?.reach ?? 0
  return (action) => {
    const index = universe.indexOf(action)
    if (index === null || hasIndex(denied, index)) return 0
    const reach = within(allows, index)
    return capped === null ? reach : Math.min(reach, within(capped, index))
  }
}

type RankedAllow = { readonly actions: ActionSet; readonly reach: number }

/** Widest first, so that the first statement that grants an action gives its reach. */
function rankedAllows(universe: Universe, documents: readonly PolicyDocument[]): RankedAllow[] {
  return documents
    .flatMap(({ statements }) => statements)
    .filter(({ effect }) => effect === 'Allow')
    .map((statement) => ({ actions: statementActions(universe, statement), reach: statementReach(statement) }))
    .sort((a, b) => b.reach - a.reach)
}

const statementReach = ({ resources, condition }: Statement): number =>
  (reachesEverything(resources) ? 1 : SCOPED) * (condition === null ? 1 : CONDITIONAL)

/** A complement, or a pattern that leaves the name of the resource open. */
const reachesEverything = ({ kind, patterns }: ResourceClause): boolean => kind === 'NotResource' || patterns.some(leavesNameOpen)

/** The types that ARNs put before names. Where a service has none, as S3, the name stands alone. */
const TYPES =
  'accesspoint alias cluster db device function group instance instance-profile job key log-group model parameter policy project repository role rule secret service snapshot stack stateMachine table task task-definition user volume workgroup'

const OPEN_NAMES: readonly Glob[] = ['*', ...TYPES.split(' ').flatMap((type) => [`${type}/*`, `${type}:*`])].map((name) => parseGlob(name))

/**
 * Such as `*`, `arn:aws:s3:::*` and `arn:aws:dynamodb:eu-west-1:123456789012:table/*`. A pattern that contains one that leaves
 * the name open does so too, so that narrowing never raises the reach.
 */
function leavesNameOpen(pattern: string): boolean {
  if (!pattern.endsWith('*')) return false
  const parts = pattern.split(':')
  const name = parseGlob(parts.slice(ARN_COLONS).join(':'))
  return parts.length <= ARN_COLONS || OPEN_NAMES.some((open) => globContains(name, open))
}

const ARN_COLONS = 5
