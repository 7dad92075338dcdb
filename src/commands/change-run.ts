import type { ChangeOptions, Outcome, Refusal } from '../app/use-cases.ts'
import type { ChangeReport } from '../app/views.ts'
import type { ChangeState } from '../change/change.ts'
import { driftLines } from '../change/drift-text.ts'
import type { PolicyDrift } from '../change/three-way.ts'
import { clean } from '../words/clean.ts'
import type { CommandContext } from './command.ts'
import { countText, secondsText } from './plain-text.ts'
import { throttledText } from './read-step.ts'

/** What became of one role of a batch: a report, or the exit code of a refusal that has been told. */
export type ChangeResult = { readonly report: ChangeReport | null; readonly code: number; readonly drift?: readonly PolicyDrift[] }

/** A change that AWS refused is undone (3); one that is neither done nor undone needs `recover` (5). */
const codes: Partial<Record<ChangeState, number>> = { failed: 3, interrupted: 5, applying: 5, 'rolling-back': 5 }

/** Progress of a change as lines on stderr, and the signal that stops it between two operations. */
export function changeOptions(
  context: CommandContext,
  given: Pick<ChangeOptions, 'overrides' | 'reason' | 'batchId' | 'drift' | 'trust'>,
): ChangeOptions {
  return {
    ...given,
    signal: context.signal,
    onProgress({ phase, k, n, outcome, text, throttledMs }) {
      if (phase === 'operation') context.markChangeBegan()
      if (phase === 'operation' && outcome !== 'started' && outcome !== 'pending') context.note(`  [${k}/${n}] ${outcome}: ${clean(text)}`)
      else if (phase === 'preflight') context.note(`warning: ${clean(text)}`)
      else context.progress(throttledMs === undefined ? text : `${text}, ${throttledText(throttledMs)}`)
    },
  }
}

/** Says what became of one change, for people at once; the machine's output follows in `printReports`. */
export function settle(outcome: Outcome<ChangeReport>, isJson: boolean, context: CommandContext): ChangeResult {
  context.progress(null)
  if (!outcome.ok) return { report: null, code: context.refuse(outcome.refusal), drift: tellDrift(outcome.refusal, context) }
  for (const note of outcome.value.notes) context.note(`note: ${clean(note)}`)
  if (!isJson) context.print(reportText(outcome.value))
  return { report: outcome.value, code: codes[outcome.value.outcome] ?? 0 }
}

/** What is different, below the line that says that something is. */
function tellDrift({ drift = [] }: Refusal, context: CommandContext): readonly PolicyDrift[] {
  for (const line of driftLines(drift)) context.note(clean(line))
  return drift
}

function reportText({ changeId, roleName, stage, outcome, operations, restoredMs, ms, restoreScript }: ChangeReport): string {
  const what = stage === null ? '' : ` stage ${stage}`
  const times = restoredMs === undefined ? secondsText(ms) : `restored in ${secondsText(restoredMs)}, tidy in ${secondsText(ms)}`
  const lines = [
    `${roleName}${what}: ${outcome} (${countText(operations.length, 'call')}, ${times})`,
    `  change ${changeId}; the way back: zt-tui rollback ${changeId}${restoreScript === null ? '' : `, or ${restoreScript}`}`,
  ]
  return lines.map((line) => `${clean(line)}\n`).join('')
}

/** One report as an object (null where there was nothing to do), those of a batch as a list. Gives the worst exit code. */
export function printReports(
  results: readonly ChangeResult[],
  output: { readonly json: boolean; readonly isBatch: boolean },
  context: CommandContext,
): number {
  const reports = results.flatMap(({ report }) => report ?? [])
  const worst = Math.max(0, ...results.map(({ code }) => code))
  if (output.json && output.isBatch) context.printJson(reports)
  const [only] = results
  if (output.json && !output.isBatch && (reports[0] !== undefined || worst === 0)) context.printJson(reports[0] ?? null)
  else if (output.json && !output.isBatch && only?.drift !== undefined && only.drift.length > 0) context.printJson({ drift: only.drift })
  return worst
}

/** After an interruption, or once the user has asked to stop, the rest of a batch stays as it is. */
export const mustStop = (result: ChangeResult, context: CommandContext): boolean => result.code === 5 || context.signal.aborted
