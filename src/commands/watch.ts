import type { WatchedChange } from '../app/views.ts'
import { clean } from '../words/clean.ts'
import { changeOptions, settle } from './change-run.ts'
import { type CommandContext, defineCommand } from './command.ts'
import type { Workspace } from './host.ts'
import { accountOptions, outputOptions, writeOptions } from './option-table.ts'
import { instantText } from './plain-text.ts'

/** CloudTrail tells of a call after minutes; asking more often shows nothing sooner. */
const PAUSE_SECONDS = 30

export const watch = defineCommand({
  name: 'watch',
  args: '',
  summary: 'denied calls joined with the changes in effect',
  options: [...accountOptions, ...outputOptions, ...writeOptions, 'role', 'once', 'autoRollback', 'every'],
  writes: true,
  async run(values, context) {
    const workspace = await context.openWorkspace()
    let code = 0
    for (;;) {
      const watched = await workspace.watch(values.role, context.signal)
      if (!watched.ok) return context.refuse(watched.refusal)
      tell(watched.value, values, context)
      if (watched.value.some(({ denied }) => denied.length > 0)) code = 1
      if (values.autoRollback) code = Math.max(code, await rollBackDenied(watched.value, workspace, context))
      if (values.once || context.signal.aborted) return code
      await pause(values.every ?? PAUSE_SECONDS, context)
      if (context.signal.aborted) return code
    }
  },
})

function tell(watched: readonly WatchedChange[], { json }: { readonly json: boolean }, context: CommandContext): void {
  if (json) context.printJson(watched)
  else if (watched.length === 0) context.print('No change is under watch.\n')
  else for (const change of watched) context.print(textOf(change))
}

function textOf(change: WatchedChange): string {
  const { changeId, roleName, stage, at, state, visible, total, denied, problem, regions } = change
  const lines = [
    `${roleName}${stage === null ? '' : ` stage ${stage}`} of ${instantText(at)} UTC: ${state}, ${denied.length} denied calls`,
    `  ${visible} of ${total} removed actions are visible to this watch (${regions.join(', ')}); CloudTrail tells after minutes, at times hours`,
    ...(problem === null ? [] : [`  not everything could be read: ${problem}`]),
    ...denied.map(({ at: when, action, region }) => `  ${instantText(when)} UTC denied: ${action} in ${region}`),
    ...[...new Set(denied.map(({ action }) => action))].map(
      (action) => `  give it back: zt-tui rollback ${changeId} --action ${action} --yes`,
    ),
    ...(denied.length === 0 ? [] : [`  roll the stage back: zt-tui rollback ${changeId} --yes`]),
  ]
  return lines.map((line) => `${clean(line)}\n`).join('')
}

/** Newest change first, as `watch` lists them: a rollback takes the later changes of its role with it. */
async function rollBackDenied(watched: readonly WatchedChange[], workspace: Workspace, context: CommandContext): Promise<number> {
  let code = 0
  for (const { changeId, denied } of watched) {
    const [first] = denied
    if (first === undefined) continue
    const reason = `denied ${first.action} at ${first.at}`
    const outcome = await workspace.rollback(changeId, changeOptions(context, { reason }))
    code = Math.max(code, settle(outcome, true, context).code)
    if (outcome.ok) context.note(`${outcome.value.roleName}: rolled back, since ${reason}`)
  }
  return code
}

/** Resolves early when the user stops. */
function pause(seconds: number, { signal }: CommandContext): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, seconds * 1000)
    signal.addEventListener('abort', end, { once: true })
    function end(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
  })
}
