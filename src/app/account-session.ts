/**
 * The newest scan in this process: read once, analysed, kept for the questions that follow. `scan` renews it.
 */

import type { Role } from '../account/account.ts'
import { editsByOthers } from '../change/edits-by-others.ts'
import { windowEnding } from '../evidence/reading.ts'
import type { ReadOptions } from '../ports/aws.ts'
import { type AccountAnalysis, analyseAccount } from './analysis.ts'
import type { AppContext } from './context.ts'
import { guardingOf } from './guard-role.ts'
import { EVIDENCE_GOOD_MS, readEvidence } from './kept-evidence.ts'
import { sortRoles } from './role-order.ts'
import type { RoleHistory } from './role-rows.ts'
import { roleRow } from './role-rows.ts'
import type { ScanOptions } from './use-cases.ts'
import type { ScanView } from './views.ts'

export type AccountSession = {
  scan(options?: ScanOptions): Promise<ScanView>
  /** The analysis of the newest scan; the first question scans. */
  analysis(options?: ReadOptions): Promise<AccountAnalysis>
  /** The same without scanning; null before the first scan. */
  current(): AccountAnalysis | null
  historyOf(role: Pick<Role, 'roleId'>): RoleHistory
  lastScan(): ScanView | null
}

export function openSession(context: AppContext): AccountSession {
  const { accounts, ledger, clock, catalog, accountKey } = context
  let newest: AccountAnalysis | null = null
  let underWay: Promise<ScanView> | null = null

  const historyOf: AccountSession['historyOf'] = ({ roleId }) => ({
    changes: ledger.changes(accountKey, { roleId }),
    plan: ledger.frozenPlan(accountKey, roleId)?.plan ?? null,
    watchOf: (changeId) => ledger.watchOf(changeId),
  })

  const read = async ({ first, ...options }: ScanOptions): Promise<ScanView> => {
    const account = await accounts.readAccount(options)
    // The first scan of a process takes what an earlier one read; another one was asked for, to see what is new.
    const said = await readEvidence(context, account, { ...options, first, goodMs: newest === null ? EVIDENCE_GOOD_MS : 0 })
    const now = clock.now()
    const analysis = analyseAccount({
      scanId: context.newId(),
      account,
      evidence: said,
      catalog,
      window: windowEnding(now, context.window, context.minAge),
      guarding: guardingOf(context),
      pastOf({ roleId }) {
        const original = ledger.pinnedOriginal(accountKey, roleId)
        return {
          original: original === null ? null : ledger.snapshot(original),
          history: editsByOthers(said.history, original === null ? [] : ledger.changes(accountKey, { roleId })),
        }
      },
    })
    newest = analysis
    const view = scanView(context, analysis, historyOf)
    ledger.saveScan({ scanId: view.scanId, accountKey, at: view.at, payload: view })
    return view
  }
  const scan = async (options: ScanOptions = {}): Promise<ScanView> => {
    const mine = read(options)
    underWay = mine
    try {
      return await mine
    } finally {
      if (underWay === mine) underWay = null
    }
  }
  return {
    scan,
    async analysis(options = {}) {
      // A scan that fails or is cancelled was somebody else's: this question then scans for itself.
      if (newest === null) await underWay?.catch(() => null)
      if (newest === null) await scan(options)
      if (newest === null) throw new Error('a scan leaves an analysis')
      return newest
    },
    current: () => newest,
    historyOf,
    // The payload is this program's own, written by `saveScan` above; another version's rows are read again by a scan.
    lastScan: () => (ledger.lastScan(accountKey)?.payload as ScanView | undefined) ?? null,
  }
}

function scanView(
  { clock, window, minAge, catalog }: AppContext,
  analysis: AccountAnalysis,
  historyOf: AccountSession['historyOf'],
): ScanView {
  const { scanId, account, evidence } = analysis
  const rows = account.roles.map((role) => roleRow(analysis, analysis.role(role), historyOf(role)))
  return {
    scanId,
    accountId: account.accountId,
    at: clock.now().toISOString(),
    window,
    minAge,
    catalogDate: catalog.date,
    sources: evidence.sources,
    problems: account.problems.map(({ arn, place, message }) => `${arn ?? place}: ${message}`),
    roles: sortRoles(rows, 'risk'),
  }
}
