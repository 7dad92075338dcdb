import type { CallContext } from '../call-context.ts'
import { attachedArns } from '../state/attachment-table.ts'
import { inlinePoliciesOf } from '../state/inline-policy-table.ts'
import { findStoredPolicy, versionsOf } from '../state/policy-table.ts'
import { usageOf } from '../state/usage-table.ts'
import { lastAccessed, type ServiceLastAccessed } from './last-accessed.ts'
import { newestUse, type Use, usesAt } from './usage.ts'

/** IAM remembers at least 400 days. */
export const TRACKING_DAYS = 400

export type Observation = { readonly newest: Use | null; readonly services: readonly ServiceLastAccessed[] }

/** What IAM has seen of a principal until `now`, through the policies that it has in this transaction. */
export function observe(owner: string, now: string, context: CallContext): Observation {
  const uses = usesAt(usageOf(context.database, owner), now)
  const reader = context.grants()
  const granted = reader.granted(policyTexts(owner, context))
  const services = lastAccessed(reader.universe, granted, uses, daysBefore(now, TRACKING_DAYS))
  return { newest: newestUse(uses), services }
}

/** The texts of all identity policies in force: inline documents and default versions. */
export function policyTexts(owner: string, { database, awsManaged }: CallContext): readonly string[] {
  const attached = attachedArns(database, owner).map((arn) => {
    const aws = awsManaged.byArn.get(arn)
    if (aws !== undefined) return aws.version.document
    const defaultVersion = findStoredPolicy(database, arn)?.defaultVersion
    return versionsOf(database, arn).find((version) => version.versionId === defaultVersion)?.document ?? ''
  })
  return [...inlinePoliciesOf(database, owner).map((policy) => policy.document), ...attached]
}

export function daysBefore(iso: string, days: number): string {
  return `${new Date(Date.parse(iso) - days * 86_400_000).toISOString().slice(0, 19)}Z`
}
