import { describe, expect, it } from 'vitest'
import { createPolicyReader } from '../../src/account/role-policies.ts'
import { grantAges } from '../../src/evidence/grant-age.ts'
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
}

function young(builder: RoleBuilder, { created = OLD, dates = {}, original, minAge = 90, inForce }: Ages = {}): string[] {
  const read = createPolicyReader()
  const policies = accountPolicies(builder, read, dates).map((policy) =>
    inForce === undefined || policy.managed === null ? policy : withDefault(policy, inForce, read),
  )
  const ages = grantAges(
    universe,
    { ...accountRole(builder), createDate: created },
    policies,
    read,
    windowEnding(now, 90, minAge),
    original?.state ?? null,
  )
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
