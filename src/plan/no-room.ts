/**
 * Why a stage fits nowhere, and what would make it fit: services to keep whole, since one `ec2:*` is shorter than two hundred
 * names, or the quota to raise.
 */
import { serviceOf } from '../policy/names.ts'
import { writtenLength } from '../policy/pattern-groups.ts'
import type { StatementDraft } from '../policy/rewrite.ts'
import { countOf } from '../words/figures.ts'
import type { PolicyDraft } from './policy-drafts.ts'
import type { ShapeLimits } from './shape.ts'

/** Names in the console of Service Quotas. */
const SLOT_QUOTA = 'Managed policies per role'
const POLICY_QUOTA = 'Customer managed policies per account'

export const noSlot = ({ attachedPerRole }: ShapeLimits, needed: number): string =>
  `all ${attachedPerRole} attachment slots are taken or needed: detach ${countOf(needed - attachedPerRole)} of its policies, or ask AWS to raise "${SLOT_QUOTA}"`

export function tooManyPolicies({ freePolicies, extraPolicies }: ShapeLimits, needed: number): string {
  const why = `it would need ${needed} further policies`
  return freePolicies !== undefined && freePolicies < needed
    ? `${why} and ${noPolicies(freePolicies)}`
    : `${why}, and a stage may make ${extraPolicies}`
}

const noPolicies = (free: number): string =>
  `the account has room for ${free === 0 ? 'none' : free}: delete unused ones, or ask AWS to raise "${POLICY_QUOTA}"`

/** @param inlineRoom characters that inline policies leave for the text */
export function tooLong(draft: PolicyDraft, limits: ShapeLimits, inlineRoom: number): string {
  const { policy, leastSize } = draft
  const { extraPolicies, managedPolicySize, freePolicies } = limits
  const room = Math.max(inlineRoom, extraPolicies * managedPolicySize, 0)
  const said = `${policy.name} does not fit: its tightened text needs ${countOf(leastSize)} characters, and there is room for ${countOf(room)}`
  const quota = freePolicies !== undefined && freePolicies < 1 ? `; ${noPolicies(freePolicies)}` : ''
  const kept = servicesToKeep(draft, leastSize - room)
  if (kept === null && quota === '')
    return `${said}: ${Math.ceil(leastSize / managedPolicySize)} policies, where a plan makes ${extraPolicies}`
  if (kept === null) return `${said}${quota}`
  return `${said}${quota}; keep whole services to make it fit: ${kept.map((service) => `--keep '${service}:*'`).join(' ')}`
}

/** Services as few as can be that save so many characters when they are kept whole; null when a handful does not do. */
function servicesToKeep({ rewrite }: PolicyDraft, excess: number): readonly string[] | null {
  const savings = new Map<string, number>()
  for (const [service, size] of rewrite.statements.flatMap(sizesByService))
    savings.set(service, (savings.get(service) ?? -writtenLength(`${service}:*`)) + size)
  const kept: string[] = []
  let left = excess
  for (const [service, saving] of [...savings].sort(([, a], [, b]) => b - a)) {
    if (left <= 0 || saving <= 0 || kept.length === MOST_KEPT) break
    kept.push(service)
    left -= saving
  }
  return left <= 0 && kept.length > 0 ? kept : null
}

const MOST_KEPT = 5

/** What a list needs for each service when all wildcards are taken. */
function sizesByService({ kind, dropped, names, groups }: StatementDraft): readonly (readonly [service: string, size: number])[] {
  if (kind === 'NotAction' || dropped) return []
  return [
    ...names.map((name) => [serviceOf(name), writtenLength(name)] as const),
    ...groups.map(({ wildcard, saving }) => [serviceOf(wildcard), -saving] as const),
  ]
}
