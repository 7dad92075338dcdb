/**
 * What the ledger keeps of a report's sources from one run to the next: the count of calls for a day, since AWS bills the
 * query, and findings for as long as their source says that nothing was updated.
 */
import type { AccountObservations } from '../evidence/account-observations.ts'
import type { ReadOptions } from '../ports/aws.ts'
import type { KeptCalls, KeptObservations } from '../ports/ledger.ts'
import type { AccountAnalysis } from './analysis.ts'
import type { AppContext } from './context.ts'

const DAY = 86_400_000
/** A day's calls more or less do not change who is active. */
const COUNT_GOOD_MS = DAY

export async function readObservations(
  context: AppContext,
  { account, window }: Pick<AccountAnalysis, 'account' | 'window'>,
  options: ReadOptions,
): Promise<AccountObservations> {
  const { accountKey, clock, ledger, mode, observations } = context
  // Figures of calls are told for so many times 24 hours.
  const period = { from: new Date(window.now - window.days * DAY), to: new Date(window.now) }
  if (mode === 'offline') return observations.readObservations(account, period, options)
  const kept = ledger.keptObservations(accountKey)
  const calls = countedLately(kept.calls, context)
  const findings = { externalAccess: byId(kept.externalAccess), unusedCredentials: byId(kept.unusedCredentials) }
  const said = await observations.readObservations(account, period, { ...options, known: { calls, findings } })
  const counted = said.calls === calls ? kept.calls : { readAt: clock.now().toISOString(), days: context.window, calls: said.calls }
  const next: KeptObservations = {
    calls: said.calls.status === 'missing' ? kept.calls : counted,
    externalAccess: kept.externalAccess,
    unusedCredentials: kept.unusedCredentials,
    ...(said.externalAccess.status === 'missing' ? {} : { externalAccess: said.externalAccess.value }),
    ...(said.unusedCredentials.status === 'missing' ? {} : { unusedCredentials: said.unusedCredentials.value }),
  }
  ledger.keepObservations(accountKey, next)
  return said
}

const byId = <Finding extends { readonly id: string }>(findings: readonly Finding[]): ReadonlyMap<string, Finding> =>
  new Map(findings.map((finding) => [finding.id, finding]))

function countedLately(kept: KeptCalls | null, { clock, window }: AppContext): KeptCalls['calls'] | null {
  const age = kept === null ? 0 : clock.now().getTime() - Date.parse(kept.readAt)
  return kept !== null && kept.days === window && age >= 0 && age < COUNT_GOOD_MS ? kept.calls : null
}
