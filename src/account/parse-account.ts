import { z } from 'zod'
import type { Arn } from '../policy/names.ts'
import type { Account, AccountProblem, AttachedPolicy, ManagedPolicy } from './account.ts'
import { accountPage, type AccountPage } from './parse-account-schema.ts'
import { parseArn } from './parse-arn.ts'
import { describeIssue } from './parse-issue.ts'
import { parseManagedPolicy } from './parse-managed-policy.ts'
import { parseGroup, parseRole, parseUser } from './parse-principal.ts'
import type { Reading } from './parse-problems.ts'

export type ParsedAccount =
  | { readonly ok: true; readonly account: Account }
  /** The source is not AWS's answer: where, and what was expected there. */
  | { readonly ok: false; readonly place: string; readonly message: string }

const lists = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const

/**
 * The one parser of `GetAccountAuthorizationDetails`: one answer or a list of pages, from the SDK or as the AWS CLI prints
 * it. Wrong types are a failure of the whole source. What is missing, and documents that cannot be read, are problems of
 * whom they concern: the rest of the account stands.
 *
 * Pages share one budget over users, groups, roles and policies, so a role may come long before its policies: attached
 * policies are resolved only when all pages are read.
 */
export function parseAccount(source: unknown): ParsedAccount {
  const parsed = parsePages(source)
  if (!parsed.ok) return parsed
  const { pages } = parsed
  const problems: AccountProblem[] = []
  const each = <Item extends { Arn?: string | null | undefined }, Parsed>(
    list: (page: AccountPage) => readonly Item[] | null | undefined,
    name: string,
    parse: (item: Item, reading: Reading) => Parsed,
  ) => collect(pages.flatMap((page, k) => (list(page) ?? []).map((item, n) => ({ item, place: placeOf(pages, k, `${name}[${n}]`) }))), problems, parse)

  const policies = each((page) => page.Policies, 'Policies', parseManagedPolicy)
  const roles = each((page) => page.RoleDetailList, 'RoleDetailList', (item, reading) => ({ role: parseRole(item, reading), place: reading.place }))
  const users = each((page) => page.UserDetailList, 'UserDetailList', parseUser)
  const groups = each((page) => page.GroupDetailList, 'GroupDetailList', parseGroup)

  const attachedAnywhere = new Set<Arn>()
  for (const { role, place } of roles.values()) {
    problems.push(...problemsOfAttached(role.arn, role.attached, place, policies))
    for (const policy of role.attached) attachedAnywhere.add(policy.arn)
    if (role.boundary !== null && !policies.has(role.boundary)) {
      problems.push({ arn: role.arn, place: `${place}.PermissionsBoundary`, message: `the boundary ${role.boundary} is not in the source` })
    }
  }
  for (const [arn, { inForce }] of policies) if (!attachedAnywhere.has(arn)) problems.push(...inForce)
  if (isCutShort(pages)) problems.push({ arn: null, place: 'IsTruncated', message: 'the source is one part of a longer answer: the rest is missing' })

  const account = {
    ...ownerOf([...policies.keys(), ...roles.keys(), ...users.keys(), ...groups.keys()]),
    roles: [...roles.values()].map(({ role }) => role),
    users: [...users.values()],
    groups: [...groups.values()],
    policies: new Map<Arn, ManagedPolicy>([...policies].map(([arn, { policy }]) => [arn, policy])),
    problems,
  }
  return { ok: true, account }
}

function parsePages(source: unknown): { readonly ok: true; readonly pages: readonly AccountPage[] } | Extract<ParsedAccount, { ok: false }> {
  const schema = Array.isArray(source) ? z.array(accountPage) : accountPage
  const result = schema.safeParse(source)
  if (!result.success) return { ok: false, ...describeIssue(result.error) }
  const foreign = [source].flat().findIndex((page) => isForeign(page))
  if (foreign >= 0) return { ok: false, place: Array.isArray(source) ? `[${foreign}]` : '', message: `expected one of ${lists.join(', ')}` }
  return { ok: true, pages: [result.data].flat() }
}

/** An empty object is an empty account; an object of other things is another file. */
function isForeign(page: unknown): boolean {
  const keys = Object.keys(Object(page))
  return keys.length > 0 && !lists.some((list) => keys.includes(list))
}

const placeOf = (pages: readonly AccountPage[], k: number, place: string): string => (pages.length === 1 ? place : `[${k}].${place}`)

/** By ARN, the last one counting: between two pages a thing may have been read twice. */
function collect<Item extends { Arn?: string | null | undefined }, Parsed>(
  items: readonly { readonly item: Item; readonly place: string }[],
  problems: AccountProblem[],
  parse: (item: Item, reading: Reading) => Parsed,
): Map<Arn, Parsed> {
  const found = new Map<Arn, Parsed>()
  for (const { item, place } of items) {
    if (!item.Arn) problems.push({ arn: null, place: `${place}.Arn`, message: 'the ARN is missing: left out' })
    else found.set(item.Arn, parse(item, { arn: item.Arn, place, problems }))
  }
  return found
}

function problemsOfAttached(
  arn: Arn,
  attached: readonly AttachedPolicy[],
  place: string,
  policies: ReadonlyMap<Arn, { readonly inForce: readonly AccountProblem[] }>,
): AccountProblem[] {
  return attached.flatMap((policy, index) => {
    const known = policies.get(policy.arn)
    if (known !== undefined) return known.inForce.map((problem) => ({ ...problem, arn, message: `attached policy ${policy.name}: ${problem.message}` }))
    return { arn, place: `${place}.AttachedManagedPolicies[${index}]`, message: `the attached policy ${policy.name} is not in the source` }
  })
}

function isCutShort(pages: readonly AccountPage[]): boolean {
  const last = pages.at(-1)
  return last !== undefined && (last.IsTruncated === true || Boolean(last.NextToken))
}

/** The account and partition that most ARNs name: a source may mention others. */
function ownerOf(arns: readonly Arn[]): { readonly accountId: string | null; readonly partition: string } {
  const parts = arns.map(parseArn)
  return {
    accountId: mostFrequent(parts.flatMap((part) => part?.accountId ?? [])),
    partition: mostFrequent(parts.flatMap((part) => part?.partition ?? [])) ?? 'aws',
  }
}

function mostFrequent(values: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce<readonly [string | null, number]>((best, entry) => (entry[1] > best[1] ? entry : best), [null, 0])[0]
}
