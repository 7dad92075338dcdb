import { describe, expect, it } from 'vitest'
import { planFor, role } from '../support/role-builder.ts'
import { smallUniverse } from '../support/small-catalog.ts'

const universe = smallUniverse()
const wide = role().allows('*')

describe('the stages of a plan', () => {
  it('take danger first: permissions and escalation, writes, tags, reads', () => {
    const { stages } = planFor(wide, universe, { unused: ['s3:*', 'lambda:*', 'iam:*'], escalation: ['lambda:UpdateFunctionCode'] })
    expect(stages.map(({ n, title }) => [n, title])).toEqual([
      [1, 'permission management and escalation'],
      [2, 'deletes and writes'],
      [3, 'tagging'],
      [4, 'reads and lists'],
    ])
    const [first, second, third, fourth] = stages.map(({ removes }) => removes)
    expect(first).toEqual(
      expect.arrayContaining(['lambda:UpdateFunctionCode', 's3:PutBucketPolicy', 'iam:PutRolePolicy', 'iam:CreateRole']),
    )
    expect(second).toEqual(expect.arrayContaining(['s3:DeleteBucket', 'lambda:CreateFunction']))
    expect(third).toContain('s3:PutObjectTagging')
    expect(fourth).toEqual(expect.arrayContaining(['s3:GetObject', 'iam:ListRoles']))
  })

  it('each start from the state that the one before leaves', () => {
    const { stages, stateHash } = planFor(wide, universe, { unused: ['s3:*'] })
    expect(stages[0]?.startHash).toBe(stateHash)
    expect(new Set(stages.map(({ startHash }) => startHash)).size).toBe(stages.length)
    for (const [at, stage] of stages.entries()) if (at > 0) expect(stage.before).toEqual(stages[at - 1]?.after)
  })

  it('are joined where one alone does not fit, and say so in their title', () => {
    const unused = universe.names.filter((name) => name !== 's3:GetObject')
    const joined = planFor(wide, universe, { unused, limits: { inlineSumPerRole: 160, extraPolicies: 0 } })
    expect(joined.stages.map(({ title }) => title)).toEqual([
      'whole unused services',
      'permission management and escalation; deletes and writes; tagging',
      'reads and lists',
    ])
    expect(joined.stages.every(({ proof }) => proof.noNewAccess && proof.usedKept && proof.prefixes)).toBe(true)
    expect(joined.stages.flatMap(({ removes }) => removes)).toHaveLength(unused.length)
  })

  it('that fit are proposed though the rest fits nowhere, and a note says how much stays', () => {
    const odd = universe.names.filter((name, at) => at % 2 === 0 && name !== 'iam:PassRole')
    const { stages, notes } = planFor(wide, universe, { unused: odd, limits: { inlineSumPerRole: 260, extraPolicies: 0 } })
    expect(stages.length).toBeGreaterThan(0)
    expect(stages.every(({ proof }) => proof.noNewAccess && proof.usedKept && proof.prefixes)).toBe(true)
    const removed = stages.flatMap(({ removes }) => removes)
    expect(removed.length).toBeLessThan(odd.length)
    expect(notes).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${odd.length - removed.length} unused actions stay: main does not fit: its tightened text needs \\d+ characters, and there is room for \\d+`,
        ),
      ),
    ])
  })

  it('count decisions by service', () => {
    const { stages } = planFor(wide, universe, { unused: ['s3:Get*', 'lambda:Get*', 'ec2:Describe*'] })
    expect(stages.find(({ title }) => title === 'reads and lists')?.decisions).toBe(3)
  })

  it('count an action that the catalog does not know as a write', () => {
    const named = smallUniverse(['other:Do'])
    const { stages } = planFor(role().allows(['other:Do', 's3:GetObject', 'sqs:*']), named, { unused: ['other:Do', 's3:GetObject'] })
    expect(stages.map(({ title, removes }) => [title, removes])).toEqual([
      ['deletes and writes', ['other:Do']],
      ['reads and lists', ['s3:GetObject']],
    ])
  })
})
