import { describe, expect, it } from 'vitest'
import { createPolicyReader } from '../../src/account/role-policies.ts'
import { grantAges } from '../../src/evidence/grant-age.ts'
import { type GrantEdit, type GrantHistory, noHistory } from '../../src/evidence/grant-history.ts'
import { windowEnding } from '../../src/evidence/reading.ts'
import { indexesOf } from '../../src/policy/action-set.ts'
import { accountPolicies, accountRole, RoleBuilder, role } from '../support/role-builder.ts'
import { smallUniverse } from '../support/small-catalog.ts'
import { now } from '../support/usages.ts'

const universe = smallUniverse()
const OLD = '2025-01-01T00:00:00.000Z'
const YOUNG = '2026-02-01T00:00:00.000Z'

const allow = (...actions: readonly string[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: actions, Resource: '*' } })

type Ages = {
  readonly created?: string | null
  readonly dates?: Readonly<Record<string, readonly string[]>>
  readonly original?: RoleBuilder
  readonly minAge?: number
  readonly inForce?: string
  readonly history?: GrantHistory
}

function young(
  builder: RoleBuilder,
  { created = OLD, dates = {}, original, minAge = 90, inForce, history = noHistory }: Ages = {},
): string[] {
  const read = createPolicyReader()
  const policies = accountPolicies(builder, read, dates).map((policy) =>
    inForce === undefined || policy.managed === null ? policy : withDefault(policy, inForce, read),
  )
  const ages = grantAges(universe, { ...accountRole(builder), createDate: created }, policies, read, windowEnding(now, 90, minAge), {
    original: original?.state ?? null,
    history,
  })
  return indexesOf(ages.young).map((index) => universe.names[index] ?? '')
}

/** The policy with another version in force. */
function withDefault(policy: ReturnType<typeof accountPolicies>[number], versionId: string, read: ReturnType<typeof createPolicyReader>) {
  if (policy.managed === null) return policy
  const versions = policy.managed.versions.map((version) => ({ ...version, isDefault: version.versionId === versionId }))
  const text = versions.find(({ isDefault }) => isDefault)?.text ?? ''
  return { ...policy, text, parsed: read(text), managed: { ...policy.managed, defaultVersionId: versionId, versions } }
}

const S3 = ['s3:GetObject', 's3:PutObject'] as const

describe('a grant is young', () => {
  it.each<[what: string, builder: RoleBuilder, ages: Ages, names: readonly string[]]>([
    ['not in an old role', role().allows(S3), {}, []],
    [
      'in a young role, however it is granted',
      role().allows('s3:GetObject').hasManaged('team', allow('s3:PutObject')),
      { created: YOUNG, dates: { team: [OLD] } },
      [...S3],
    ],
    ['in a role of unknown age', role().allows('s3:GetObject'), { created: null }, ['s3:GetObject']],
    ['not because AWS edited its policy yesterday', role().hasAwsManaged('Reader', allow('s3:GetObject')), {}, []],
    [
      'when only the newest version of a policy gives it',
      role().hasManaged('team', allow(...S3), { earlier: [allow('s3:GetObject')] }),
      { dates: { team: [OLD, YOUNG] } },
      ['s3:PutObject'],
    ],
    [
      'when it was gone for one version: the row is broken',
      role().hasManaged('team', allow(...S3), { earlier: [allow(...S3), allow('s3:GetObject')] }),
      { dates: { team: [OLD, YOUNG, YOUNG] } },
      ['s3:PutObject'],
    ],
    [
      'when the version before cannot be read',
      role().hasManaged('team', allow('s3:GetObject'), { earlier: ['{"Statement":'] }),
      { dates: { team: [OLD, YOUNG] } },
      ['s3:GetObject'],
    ],
    [
      'when the versions carry no date that is old',
      role().hasManaged('team', allow('s3:GetObject')),
      { dates: { team: ['soon'] } },
      ['s3:GetObject'],
    ],
    [
      'not when another policy has given it long enough',
      role()
        .allows('s3:PutObject')
        .hasManaged('team', allow(...S3)),
      { dates: { team: [YOUNG] } },
      ['s3:GetObject'],
    ],
    ['for a shorter time, when less is asked', role().hasManaged('team', allow(...S3)), { dates: { team: [YOUNG] }, minAge: 28 }, []],
  ])('%s', (_, builder, ages, names) => {
    expect(young(builder, ages)).toEqual(names)
  })

  it('when a young version that is not in force lacks it: it may have been switched off meanwhile', () => {
    const builder = role().hasManaged('team', allow('s3:GetObject'), { earlier: [allow(...S3)] })
    expect(young(builder, { dates: { team: [OLD, YOUNG] }, inForce: 'v1' })).toEqual(['s3:PutObject'])
    expect(young(builder, { dates: { team: [OLD, OLD] }, inForce: 'v1' })).toEqual([])
  })
})

describe('event history', () => {
  const roleName = 'web-app'
  const teamArn = 'arn:aws:iam::123456789012:policy/team'
  const put = (at: string, text: string | null, policyName = 'main'): GrantEdit => ({
    kind: 'PutRolePolicy',
    roleName,
    policyName,
    text,
    at,
  })
  const gone = (at: string): GrantEdit => ({ kind: 'DeleteRolePolicy', roleName, policyName: 'main', at })
  const attached = (at: string, kind: 'AttachRolePolicy' | 'DetachRolePolicy' = 'AttachRolePolicy'): GrantEdit => ({
    kind,
    roleName,
    policyArn: teamArn,
    at,
  })
  const switched = (at: string, versionId: string): GrantEdit => ({ kind: 'SetDefaultPolicyVersion', policyArn: teamArn, versionId, at })
  const whole = (...edits: GrantEdit[]): GrantHistory => ({ wholeSince: OLD, edits })
  const sample = (...edits: GrantEdit[]): GrantHistory => ({ wholeSince: null, edits })
  const inline = role().allows(S3)
  const main = inline.state.inline[0]?.text ?? ''
  const team = role().hasManaged('team', allow(...S3))
  const dates = { team: [OLD] }
  const OLDER = '2024-06-01T00:00:00.000Z'

  it.each<[what: string, builder: RoleBuilder, ages: Ages, names: readonly string[]]>([
    ['makes an inline grant as young as its last edit', inline, { history: whole(put(YOUNG, main)) }, [...S3]],
    ['makes it so where the event leaves the document out', inline, { history: whole(put(YOUNG, null)) }, [...S3]],
    [
      'keeps old what an older edit gave as well',
      inline,
      { history: whole(put(YOUNG, main), put(OLD, allow('s3:GetObject'))) },
      ['s3:PutObject'],
    ],
    [
      'breaks the row where an edit between took it away',
      inline,
      { history: whole(put(YOUNG, main), put(YOUNG, allow('s3:GetObject')), put(OLD, main)) },
      ['s3:PutObject'],
    ],
    ['breaks the row where the policy was gone', inline, { history: whole(put(YOUNG, main), gone(YOUNG), put(OLD, main)) }, [...S3]],
    [
      'of another policy, or of another role of that name before it, says nothing',
      inline,
      { history: whole(put(YOUNG, main, 'other'), put(OLDER, main)), created: OLD },
      [],
    ],
    ['leaves old what it does not name', inline, { history: whole() }, []],
    [
      'that ends with a document other than ours makes young what that one lacks',
      inline,
      { history: whole(put(OLD, allow('s3:GetObject'))) },
      ['s3:PutObject'],
    ],
    ['makes a policy as young as its attachment', team, { dates, history: whole(attached(YOUNG)) }, [...S3]],
    ['counts an attachment from the oldest without a break', team, { dates, history: whole(attached(YOUNG), attached(OLD)) }, []],
    [
      'counts an attachment anew after a detachment',
      team,
      { dates, history: whole(attached(YOUNG), attached(YOUNG, 'DetachRolePolicy'), attached(OLD)) },
      [...S3],
    ],
    ['of saved events makes young what they name', inline, { history: sample(put(YOUNG, main)) }, [...S3]],
    ['of saved events leaves the rest to the role to its creation', inline, { history: sample(put(OLD, allow('s3:GetObject'))) }, []],
  ])('%s', (_, builder, ages, names) => {
    expect(young(builder, ages)).toEqual(names)
  })

  it.each<[what: string, switches: readonly GrantEdit[], names: readonly string[]]>([
    ['from the version before', [switched(YOUNG, 'v1'), switched(OLD, 'v2')], ['s3:PutObject']],
    ['from any other version, where the one before is not known', [switched(YOUNG, 'v1')], ['s3:PutObject']],
    ['but not long ago', [switched(OLD, 'v1')], []],
  ])('makes young what an older version brought back when it was switched on %s', (_, switches, names) => {
    const builder = role().hasManaged('team', allow('s3:GetObject'), { earlier: [allow(...S3)] })
    expect(young(builder, { dates: { team: [OLDER, OLDER] }, inForce: 'v1', history: whole(...switches) })).toEqual(names)
  })

  it.each<[what: string, history: GrantHistory, undated: readonly string[]]>([
    ['history is not connected', noHistory, ['main', 'team']],
    ['history reaches back further than grants must', whole(), []],
    ['history is too short', { wholeSince: YOUNG, edits: [] }, ['main', 'team']],
    ['the events are in a short history', { wholeSince: YOUNG, edits: [put(YOUNG, main), attached(YOUNG)] }, []],
    ['saved events name them', sample(put(OLD, main), attached(OLD)), []],
    ['saved events name another document', sample(put(OLD, allow('s3:GetObject'))), ['main', 'team']],
  ])('leaves undated what nothing dates: %s', (_, history, names) => {
    const builder = role().allows(S3).hasManaged('team', allow('s3:GetObject'))
    const read = createPolicyReader()
    const past = { original: null, history }
    const from = { ...accountRole(builder), createDate: OLD }
    const { undated } = grantAges(universe, from, accountPolicies(builder, read, dates), read, windowEnding(now, 90, 90), past)
    expect(undated).toEqual(names)
  })
})

describe('what this program wrote', () => {
  const own = (name: string, text: string, options = {}): RoleBuilder => role().hasManaged(name, text, { path: '/zt-tui/', ...options })

  it('is as old as what it replaced: a new policy of ours is not young', () => {
    expect(young(own('web-app-Reader-1-abcdef', allow('s3:GetObject')), { dates: { 'web-app-Reader-1-abcdef': [YOUNG] } })).toEqual([])
  })

  it('is young in what somebody added to a policy of ours by hand', () => {
    const edited = own('web-app-Reader-1-abcdef', allow(...S3), { earlier: [allow('s3:GetObject')] })
    expect(young(edited, { dates: { 'web-app-Reader-1-abcdef': [YOUNG, YOUNG] } })).toEqual(['s3:PutObject'])
  })

  it('is old after a narrower version of ours', () => {
    const tightened = role().hasManaged('team', allow('s3:GetObject'), { earlier: [allow(...S3)] })
    expect(young(tightened, { dates: { team: [OLD, YOUNG] } })).toEqual([])
  })

  it.each<[what: string, now: RoleBuilder]>([
    ['inline', role().hasInline('zt-team', allow(...S3))],
    ['as a policy of the role', own('web-app-team-1-abcdef', allow(...S3))],
  ])('does not make old what was young before: %s', (_, rewritten) => {
    const original = new RoleBuilder({
      ...role().state,
      attached: [{ name: 'team', arn: 'arn:aws:iam::123456789012:policy/team' }],
      managed: [
        {
          name: 'team',
          arn: 'arn:aws:iam::123456789012:policy/team',
          defaultVersionId: 'v2',
          attachmentCount: 1,
          boundaryUseCount: 0,
          tags: [],
          versions: [
            { versionId: 'v1', isDefault: false, createDate: OLD, text: allow('s3:GetObject') },
            { versionId: 'v2', isDefault: true, createDate: YOUNG, text: allow(...S3) },
          ],
        },
      ],
    })
    expect(young(rewritten, { original })).toEqual(['s3:PutObject'])
    expect(young(rewritten, { original, minAge: 20 })).toEqual([])
    expect(young(rewritten)).toEqual([])
  })
})
