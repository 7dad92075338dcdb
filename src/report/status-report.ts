/**
 * The status report of phase 1 as data: sections in the order of the method, words left out. The renderings give it a
 * language and a form.
 */
import type { AnalyzerSetting, Observed, TrailSetting } from '../evidence/account-observations.ts'
import type { SourceStatus } from '../evidence/evidence.ts'
import type { Iso } from '../policy/names.ts'
import { type Findings, findAll } from './findings/findings.ts'
import { countZombies } from './findings/zombie-permissions.ts'
import { type Inventory, takeInventory } from './inventory.ts'
import { type Period, periodOf } from './period.ts'
import { type RecommendedActions, recommendActions } from './recommend.ts'
import type { ReportInput } from './report-input.ts'
import { readStatistics, type Statistics } from './statistics.ts'
import { readUsage, type Usage } from './usage.ts'

type Source = Pick<Observed<unknown>, 'status' | 'why' | 'observedUntil'>

export type ReportSettings = {
  readonly analyzers: readonly AnalyzerSetting[]
  readonly trails: readonly TrailSetting[]
  /** What each source says of itself, under the name of what it was asked for. */
  readonly sources: readonly (Source & { readonly id: string })[]
}

export type StatusReport = {
  readonly meta: {
    readonly reportVersion: 1
    readonly scanId: string
    readonly generatedAt: Iso
    readonly period: Period
    /** Days; grants younger than this are unknown. */
    readonly minAge: number
    readonly catalogDate: string
  }
  readonly scope: {
    readonly accountId: string | null
    readonly partition: string
    /** Over all roles. */
    readonly grantedActions: number
    readonly unusedActions: number
    readonly unknownActions: number
    readonly problems: readonly string[]
  }
  readonly statistics: Statistics
  readonly findings: Findings
  readonly usage: Usage
  readonly actions: RecommendedActions
  readonly inventory: Inventory
  readonly settings: ReportSettings
}

export function buildStatusReport(input: ReportInput): StatusReport {
  const { scanId, account, window, catalogDate, roles, sources, observations } = input
  const findings = findAll(input)
  const usage = readUsage(roles, observations.calls, { accountId: account.accountId, windowStart: window.start })
  const sum = (count: (role: ReportInput['roles'][number]) => number): number => roles.reduce((total, role) => total + count(role), 0)
  return {
    meta: {
      reportVersion: 1,
      scanId,
      generatedAt: new Date(window.now).toISOString(),
      period: periodOf(window),
      minAge: window.minAgeDays,
      catalogDate,
    },
    scope: {
      accountId: account.accountId,
      partition: account.partition,
      grantedActions: sum(({ grantedActions }) => grantedActions),
      unusedActions: sum(({ unusedActions }) => unusedActions),
      unknownActions: sum(({ unknownActions }) => unknownActions),
      problems: account.problems.map(({ arn, place, message }) => `${arn ?? place}: ${message}`),
    },
    statistics: readStatistics(account, {
      overPermissiveRoles: findings.overPermissive.length,
      zombiePermissions: countZombies(findings.zombies),
    }),
    findings,
    usage,
    actions: recommendActions({ findings, usage, sources, observations }),
    inventory: takeInventory(account, roles),
    settings: readSettings(sources, observations),
  }
}

function readSettings(sources: readonly SourceStatus[], observations: ReportInput['observations']): ReportSettings {
  const observed = Object.entries(observations).map(([id, { status, why, observedUntil }]) => ({ id, status, why, observedUntil }))
  return {
    analyzers: observations.analyzers.value,
    trails: observations.trails.value,
    sources: [...sources.map(({ id, status, why, observedUntil }) => ({ id, status, why, observedUntil })), ...observed],
  }
}
