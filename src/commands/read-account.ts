import type { Outcome } from '../app/use-cases.ts'
import type { ScanView } from '../app/views.ts'
import { clean } from '../words/clean.ts'
import type { CommandContext } from './command.ts'
import type { Workspace } from './host.ts'
import { readStepText } from './read-step.ts'

/** Every headless command reads the account anew; what is missing or could not be read is said on stderr. */
export async function readAccount(workspace: Workspace, context: CommandContext): Promise<Outcome<ScanView>> {
  const scanned = await workspace.scan({
    signal: context.signal,
    onProgress: (step) => context.progress(readStepText(step)),
  })
  context.progress(null)
  if (!scanned.ok) return scanned
  for (const { id, status, why } of scanned.value.sources) {
    if (status !== 'connected') context.note(`note: ${id} is ${status}: ${clean(why)}`)
  }
  for (const problem of scanned.value.problems) context.note(`note: ${clean(problem)}`)
  return scanned
}
