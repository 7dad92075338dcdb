import { describe, expect, it } from 'vitest'
import { planText } from '../../src/commands/plan-text.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import { planFile, planOf } from './fake-workspace.ts'

const textOf = (changes: Partial<RolePlan>): string => planText({ ...planFile([]), roles: [{ ...planOf('omega'), ...changes }] })

describe('the text of plans', () => {
  it('ends with how many decisions their removals are', () => {
    const summarised = (removals: number, roles: number, decisions: number) =>
      planText({ ...planFile(['a']), summary: { removals, roles, decisions } })
        .trimEnd()
        .split('\n')
        .at(-1)
    expect(summarised(1234, 5, 17)).toBe('1,234 removals in 5 roles are 17 decisions.')
    expect(summarised(1, 1, 1)).toBe('1 removal in 1 role is 1 decision.')
    expect(summarised(0, 0, 0)).not.toContain('decision')
  })

  it('F9: warn of what stays without its siblings, the first few by name', () => {
    const lostSiblings = ['A', 'B', 'C', 'D'].map((noun) => ({ keeps: `x:Create${noun}`, drops: [`x:Delete${noun}`, `x:Update${noun}`] }))
    expect(textOf({ lostSiblings })).toContain(
      'may make and not undo: x:CreateA without x:DeleteA, x:UpdateA; x:CreateB without x:DeleteB, x:UpdateB; x:CreateC without x:DeleteC, x:UpdateC; 1 more',
    )
    expect(textOf({ lostSiblings: [] })).not.toContain('may make')
  })

  it('say who else has a policy that is copied, and how to plan all of them together', () => {
    const policy = { policyName: 'team', policyArn: 'arn:aws:iam::123456789012:policy/team' }
    const roles = ['b', 'c', 'd', 'e']
    expect(textOf({ shared: [{ ...policy, roles, users: ['eve'], groups: [] }] })).toContain(
      'team is shared with b, c, d, 2 more: this role gets a copy of its own; all of them: zt-tui plan omega b c d e',
    )
    const onlyGroup = textOf({ shared: [{ ...policy, roles: [], users: [], groups: ['ops'] }] })
    expect(onlyGroup).toContain('team is shared with group ops: this role gets a copy of its own\n')
  })
})

it('what stays because something needs it stands under its reason', () => {
  const required = ['kms:Decrypt', 'iam:PassRole', 'kms:Encrypt']
  const requiredReasons = { 'kms:Decrypt': 'unseen', 'kms:Encrypt': 'unseen', 'iam:PassRole': 'lambda:CreateFunction takes a role' }
  const text = textOf({ required, requiredReasons })
  expect(text).toContain('kept: kms:Decrypt, kms:Encrypt: unseen\n')
  expect(text).toContain('kept: iam:PassRole: lambda:CreateFunction takes a role\n')
  expect(textOf({ required })).toContain('kept: kms:Decrypt, iam:PassRole, kms:Encrypt: something needs them\n')
})
