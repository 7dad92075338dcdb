/**
 * The rehearsal rule: a stage goes to the test twin of a production role first. `[{"production": "*-prod", "test": "*-test"}]`
 * makes `web-test` the twin of `web-prod`; with tags, roles that share the value of the tag `same` are twins.
 */
import type { Role } from '../account/account.ts'
import type { RehearsalRule } from '../ports/preferences.ts'
import type { Change } from './change.ts'
import { isStage, undoable } from './lifecycle.ts'
import { patternOf } from './name-pattern.ts'

type NamedRole = Pick<Role, 'roleName' | 'tags'>

/** Null: the role is no production role. `twins` are the roles of the account that the rule means; `wanted` says which, for people. */
export type Rehearsal<R extends NamedRole> = { readonly wanted: string; readonly twins: readonly R[] } | null

/** The twins by the first rule that knows the role as one of production. */
export function rehearsalOf<R extends NamedRole>(role: NamedRole, rules: readonly RehearsalRule[], roles: readonly R[]): Rehearsal<R> {
  for (const rule of rules) {
    const found = 'tag' in rule ? twinsByTag(role, rule, roles) : twinsByName(role, rule, roles)
    if (found !== null) return found
  }
  return null
}

type RuleBy<K> = K extends 'tag' ? Extract<RehearsalRule, { tag: string }> : Exclude<RehearsalRule, { tag: string }>

function twinsByName<R extends NamedRole>({ roleName }: NamedRole, rule: RuleBy<'name'>, roles: readonly R[]): Rehearsal<R> {
  const match = patternOf(rule.production).exec(roleName)
  if (match === null) return null
  const parts = match.slice(1)
  const wanted = rule.test.replaceAll('*', () => parts.shift() ?? '')
  return { wanted, twins: roles.filter((other) => other.roleName.toLowerCase() === wanted.toLowerCase()) }
}

function twinsByTag<R extends NamedRole>(role: NamedRole, rule: RuleBy<'tag'>, roles: readonly R[]): Rehearsal<R> {
  if (tagOf(role, rule.tag)?.toLowerCase() !== rule.production.toLowerCase()) return null
  const shared = tagOf(role, rule.same)
  const isTwin = (other: R): boolean =>
    tagOf(other, rule.tag)?.toLowerCase() === rule.test.toLowerCase() && shared !== null && tagOf(other, rule.same) === shared
  return { wanted: `a role tagged ${rule.tag}=${rule.test} and ${rule.same}=${shared ?? ''}`, twins: roles.filter(isTwin) }
}

const tagOf = ({ tags }: NamedRole, wanted: string): string | null =>
  tags.find(({ key }) => key.toLowerCase() === wanted.toLowerCase())?.value ?? null

/** A role has been through a stage when that one or a later one is in effect, or its whole plan is. */
export function hasBeenThrough(
  stage: number,
  { changes, stages }: { readonly changes: readonly Change[]; readonly stages: number | null },
) {
  const inEffect = undoable(changes).flatMap((change) => (isStage(change) && change.stage !== null ? [change.stage] : []))
  const furthest = Math.max(0, ...inEffect)
  return furthest >= stage || (stages !== null && stages > 0 && furthest >= stages)
}
