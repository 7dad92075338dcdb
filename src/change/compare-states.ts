import type { RoleState } from '../account/role-state.ts'
import { defaultText } from '../plan/role-state-policies.ts'
import { sameDocument } from '../policy/same-document.ts'

/**
 * How the live permissions of a role differ from the ones wanted: inline documents, attachments and their default documents,
 * boundary, trust. One line a difference, for people; none means equal.
 */
export function differences(wanted: RoleState, live: RoleState): readonly string[] {
  const inline = compare(
    new Map(wanted.inline.map(({ name, text }) => [name.toLowerCase(), text])),
    new Map(live.inline.map(({ name, text }) => [name.toLowerCase(), text])),
    'inline policy',
  )
  const attached = compare(attachedTexts(wanted), attachedTexts(live), 'attached policy')
  const boundary =
    wanted.boundary === live.boundary ? [] : [`permissions boundary is ${live.boundary ?? 'none'}, was ${wanted.boundary ?? 'none'}`]
  const trust = sameDocument(wanted.trust, live.trust) ? [] : ['the trust policy is another one']
  const identity = wanted.roleId === live.roleId ? [] : [`${live.roleName} is another role now: its id is ${live.roleId}`]
  return [...identity, ...inline, ...attached, ...boundary, ...trust]
}

const attachedTexts = (state: RoleState): ReadonlyMap<string, string | null> =>
  new Map(
    state.attached.map(({ arn }) => {
      const policy = state.managed.find((candidate) => candidate.arn === arn)
      return [arn, policy === undefined ? null : defaultText(policy)]
    }),
  )

function compare(wanted: ReadonlyMap<string, string | null>, live: ReadonlyMap<string, string | null>, what: string): string[] {
  const missing = [...wanted.keys()].filter((name) => !live.has(name)).map((name) => `${what} ${name} is missing`)
  const extra = [...live.keys()].filter((name) => !wanted.has(name)).map((name) => `${what} ${name} was added`)
  const changed = [...wanted]
    .filter(([name, text]) => live.has(name) && !sameDocument(text, live.get(name) ?? null))
    .map(([name]) => `${what} ${name} has another document`)
  return [...missing, ...extra, ...changed]
}
