import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPatternGrouper, type PatternGroup, patternGroups } from '../../src/policy/pattern-groups.ts'
import { patternSet } from '../../src/policy/universe.ts'
import { actionPattern } from '../support/arbitrary-policies.ts'
import { random } from '../support/random.ts'
import { smallUniverse } from '../support/small-catalog.ts'

const universe = smallUniverse()

const groupsOf = (kept: readonly string[], avoided: readonly string[], allows: (pattern: string) => boolean = () => true): PatternGroup[] =>
  patternGroups(universe, { kept: patternSet(universe, kept), avoided: patternSet(universe, avoided), allows })

describe('groups of names', () => {
  it('are disjoint, match all their names and no avoided one, and save what they say', () => {
    const split = fc.array(fc.constantFrom('kept', 'kept', 'avoided', 'neither'), { minLength: universe.size, maxLength: universe.size })
    fc.assert(
      fc.property(split, (marks) => {
        const marked = (mark: string): string[] => universe.names.filter((_, at) => marks[at] === mark)
        const [kept, avoided] = [marked('kept'), marked('avoided')]
        const groups = groupsOf(kept, avoided)
        const grouped = groups.flatMap(({ names }) => names)
        expect(new Set(grouped).size).toBe(grouped.length)
        for (const { wildcard, names, saving } of groups) {
          const matched = universe.matches(wildcard).map((index) => universe.names[index] ?? '')
          expect(matched).toEqual(expect.arrayContaining([...names]))
          expect(matched.filter((name) => avoided.includes(name))).toEqual([])
          expect(kept).toEqual(expect.arrayContaining([...names]))
          expect(saving).toBe(JSON.stringify(names).length - JSON.stringify([wildcard]).length)
          expect(saving).toBeGreaterThan(0)
        }
      }),
      random(91, 500),
    )
  })

  it('are the same when they are remembered, and each answer has its own', () => {
    const group = createPatternGrouper(universe)
    const split = fc.array(fc.constantFrom('kept', 'avoided', 'neither'), { minLength: universe.size, maxLength: universe.size })
    fc.assert(
      fc.property(split, fc.constantFrom('Action', 'NotAction'), fc.array(actionPattern), (marks, kind, patterns) => {
        const marked = (mark: string) =>
          patternSet(
            universe,
            universe.names.filter((_, at) => marks[at] === mark),
          )
        const grouping = { kept: marked('kept'), avoided: marked('avoided'), allows: { kind, patterns } }
        const [first, second] = [group(grouping), group(grouping)]
        expect(first).toEqual(patternGroups(universe, grouping))
        expect(second).toEqual(first)
        expect(second.filter((one) => first.includes(one))).toEqual([])
      }),
      random(92, 200),
    )
  })

  it.each<[what: string, kept: readonly string[], avoided: readonly string[], wildcards: readonly string[]]>([
    ['a whole service', ['sqs:*'], ['s3:*'], ['sqs:*']],
    ['a beginning that all share', ['s3:GetObject*'], ['s3:PutObject'], ['s3:GetObject*']],
    ['no further than their names reach', ['s3:GetObject', 's3:GetObjectAcl'], ['s3:GetBucketAcl'], ['s3:GetObject*']],
    [
      'branches where an avoided name is between',
      ['ec2:DescribeVolumes', 'ec2:DescribeVpcs', 'ec2:StartInstances', 'ec2:StopInstances'],
      ['ec2:DescribeInstances', 'ec2:RunInstances'],
      ['ec2:DescribeV*', 'ec2:St*'],
    ],
    [
      'a single long name, cut where nothing avoided begins the same',
      ['lambda:UpdateFunctionCode'],
      ['lambda:InvokeFunction'],
      ['lambda:U*'],
    ],
    ['no name that an avoided one begins with', ['s3:GetObject'], ['s3:GetObjectAcl'], []],
    ['no short name', ['s3:PutAcl'], [], []],
  ])('are written as %s', (_, kept, avoided, wildcards) => {
    expect(groupsOf(kept, avoided).map(({ wildcard }) => wildcard)).toEqual(wildcards)
  })

  it('stay inside what was granted', () => {
    expect(
      groupsOf(['s3:GetObject', 's3:GetObjectAcl'], [], (pattern) => pattern !== 's3:GetObject*').map(({ wildcard }) => wildcard),
    ).not.toContain('s3:GetObject*')
  })
})
