import { describe, expect, it, test } from 'vitest'
import type { Observed, RoleCalls } from '../../src/evidence/account-observations.ts'
import { arnOf, daysAgo, exampleReport, observed } from './example-report.ts'

const roles = ['busy', 'calm', 'rare', 'three', 'never'].map((roleName) => ({ roleName }))
const counts: Record<string, number> = { busy: 1_247_389, calm: 5_000, rare: 12, three: 3 }
const calls: readonly RoleCalls[] = Object.entries(counts).map(([name, count]) => ({
  roleArn: arnOf('role', name),
  calls: count,
  uses: [],
}))
const usageOf = (source: Observed<readonly RoleCalls[]>) => exampleReport({ roles, observations: { calls: source } }).usage

describe('usage', () => {
  it('is counted in calls where a source counts them', () => {
    const { mostActive, leastUsed } = usageOf(observed(calls))
    expect(mostActive.map(({ roleName, calls: count }) => [roleName, count])).toEqual([
      ['busy', 1_247_389],
      ['calm', 5_000],
      ['rare', 12],
      ['three', 3],
    ])
    expect(leastUsed.map(({ roleName, calls: count, advice }) => [roleName, count, advice])).toEqual([
      ['never', 0, 'remove'],
      ['three', 3, 'review'],
      ['rare', 12, 'merge'],
    ])
  })

  it('does not call a role little used that is younger than the window', () => {
    const young = exampleReport({ roles: [{ roleName: 'new', createDate: daysAgo(20) }], observations: { calls: observed([]) } })
    expect(young.usage.leastUsed).toEqual([])
  })

  it('never advises to remove what may be idle by design', () => {
    const guarded = exampleReport({
      roles: [{ roleName: 'glass', more: { guards: ['break-glass'] } }],
      observations: { calls: observed([]) },
    })
    expect(guarded.usage.leastUsed).toMatchObject([{ roleName: 'glass', calls: 0, advice: 'review' }])
  })

  it('of a part of the window shows who was active, and never that nobody was', () => {
    const { mostActive, leastUsed } = usageOf({ ...observed(calls), status: 'partial' })
    expect(mostActive[0]?.roleName).toBe('busy')
    expect(leastUsed.every(({ calls: count, advice }) => count === null && advice === 'review')).toBe(true)
  })

  it('is the last use alone where no source is connected', () => {
    const report = exampleReport({
      roles: [
        { roleName: 'old', lastUsed: daysAgo(200) },
        { roleName: 'new', lastUsed: daysAgo(2) },
      ],
    })
    expect(report.usage).toMatchObject({ source: { status: 'missing' }, mostActive: [], leastUsed: [{ roleName: 'old', calls: null }] })
  })
})

describe('recommended actions', () => {
  const high = { riskGrade: 'critical', riskScore: 95, unusedPercent: 90 } as const
  const report = exampleReport({
    roles: [
      { roleName: 'worst', allows: ['*'], more: high, lastUsed: daysAgo(1) },
      { roleName: 'guarded', allows: ['*'], more: { ...high, guards: ['break-glass'] }, lastUsed: daysAgo(1) },
      { roleName: 'ladder', allows: ['iam:CreateRole'], lastUsed: daysAgo(1) },
      { roleName: 'sweeper', allows: ['rds:DeleteDBInstance'], lastUsed: daysAgo(1) },
      { roleName: 'idle' },
    ],
  })

  test.each([
    ['within24h', 'tighten-critical', ['worst']],
    ['within24h', 'remove-escalation', ['ladder']],
    ['weeks1to2', 'remove-zombies', ['sweeper']],
    ['month1', 'quarantine-unused', ['idle']],
    ['month1', 'connect-sources', ['credentials', 'unusedCredentials', 'externalAccess', 'calls', 'analyzers', 'trails']],
  ] as const)('%s: %s', (horizon, id, targets) => {
    expect(report.actions[horizon].find((action) => action.id === id)?.targets).toEqual(targets)
  })

  it('leave out what applies to nothing', () => {
    expect(
      Object.values(report.actions)
        .flat()
        .every(({ targets }) => targets.length > 0),
    ).toBe(true)
    expect(report.actions.within24h.map(({ id }) => id)).not.toContain('close-public-access')
  })
})
