import type { PolicyDocument } from '../policy/document.ts'
import type { Arn } from '../policy/names.ts'
import type { Account, AccountProblem, ManagedPolicy, Role } from './account.ts'
import type { AccountPage } from './parse-account-schema.ts'
import { type ParsedManagedPolicy, parseManagedPolicy } from './parse-managed-policy.ts'
import { parseOwner } from './parse-owner.ts'
import { parsePages } from './parse-pages.ts'
import { parseGroup, parseRole, parseUser } from './parse-principal.ts'
import type { Reading } from './parse-problems.ts'

export type ParsedAccount =
  | { readonly ok: true; readonly account: Account }
  /** The source is not AWS's answer: where, as a path into the JSON, and what was expected there. */
  | { readonly ok: false; readonly place: string; readonly message: string }

/**
 * The one parser of `GetAccountAuthorizationDetails`: one answer or a list of pages, from the SDK or as the AWS CLI prints
 * it. Wrong types are a failure of the whole source. What is missing, and documents that cannot be read, are problems of
 * whom they concern: the rest of the account stands.
 */
export function parseAccount(source: unknown): ParsedAccount {
  const parsed = parsePages(source)
  if (!parsed.ok) return parsed
  const { pages } = parsed
  const problems: AccountProblem[] = []
  const documents = new Map<object, PolicyDocument>()
  const found = { problems, documents, patterns: new Map<string, string>() }
  const policies = parseList(pages, 'Policies', found, parseManagedPolicy)
  const roles = parseList(pages, 'RoleDetailList', found, (item, reading) => ({ role: parseRole(item, reading), place: reading.place }))
  const users = parseList(pages, 'UserDetailList', found, parseUser)
  const groups = parseList(pages, 'GroupDetailList', found, parseGroup)

  // A role may stand pages before its policies, so they are looked up only now.
  for (const { role, place } of roles.values()) problems.push(...problemsOfPolicies(role, place, policies))
  problems.push(...problemsOfUnattached([...roles.values()], policies))
  if (isCutShort(pages))
    problems.push({ arn: null, place: 'IsTruncated', message: 'the source is one part of a longer answer: the rest is missing' })

  const account = {
    ...parseOwner([...policies.keys(), ...roles.keys(), ...users.keys(), ...groups.keys()]),
    roles: [...roles.values()].map(({ role }) => role),
    users: [...users.values()],
    groups: [...groups.values()],
    policies: new Map<Arn, ManagedPolicy>([...policies].map(([arn, { policy }]) => [arn, policy])),
    problems,
    documents,
  }
  return { ok: true, account }
}

type ListName = 'Policies' | 'RoleDetailList' | 'UserDetailList' | 'GroupDetailList'
type ItemOf<Name extends ListName> = NonNullable<AccountPage[Name]>[number]

/** One list over all pages, by ARN. The last one counts: between two pages a thing may come twice. */
function parseList<Name extends ListName, Parsed>(
  pages: readonly AccountPage[],
  name: Name,
  found: Pick<Reading, 'problems' | 'documents' | 'patterns'>,
  parse: (item: ItemOf<Name>, reading: Reading) => Parsed,
): ReadonlyMap<Arn, Parsed> {
  const parsed = new Map<Arn, Parsed>()
  for (const [k, page] of pages.entries()) {
    const items: readonly ItemOf<Name>[] = page[name] ?? []
    for (const [n, item] of items.entries()) {
      const place = `${pages.length === 1 ? '' : `[${k}].`}${name}[${n}]`
      if (item.Arn) parsed.set(item.Arn, parse(item, { ...found, arn: item.Arn, place }))
      else found.problems.push({ arn: null, place: `${place}.Arn`, message: 'the ARN is missing: left out' })
    }
  }
  return parsed
}

type Policies = ReadonlyMap<Arn, ParsedManagedPolicy>

function problemsOfPolicies(role: Role, place: string, policies: Policies): readonly AccountProblem[] {
  const attached = role.attached.flatMap(({ name, arn }, index): readonly AccountProblem[] => {
    const known = policies.get(arn)
    if (known !== undefined)
      return known.inForce.map((problem) => ({ ...problem, arn: role.arn, message: `attached policy ${name}: ${problem.message}` }))
    return [
      { arn: role.arn, place: `${place}.AttachedManagedPolicies[${index}]`, message: `the attached policy ${name} is not in the source` },
    ]
  })
  if (role.boundary === null || policies.has(role.boundary)) return attached
  return [
    ...attached,
    { arn: role.arn, place: `${place}.PermissionsBoundary`, message: `the boundary ${role.boundary} is not in the source` },
  ]
}

/** A policy that no role has answers for itself. */
function problemsOfUnattached(roles: readonly { readonly role: Role }[], policies: Policies): readonly AccountProblem[] {
  const attached = new Set(roles.flatMap(({ role }) => role.attached.map((policy) => policy.arn)))
  return [...policies].flatMap(([arn, { inForce }]) => (attached.has(arn) ? [] : inForce))
}

function isCutShort(pages: readonly AccountPage[]): boolean {
  const last = pages.at(-1)
  return last !== undefined && (last.IsTruncated === true || Boolean(last.NextToken))
}
