import type { Interrupted } from '../app/use-cases.ts'
import { clean } from '../words/clean.ts'
import { type ChangeResult, changeOptions, mustStop, printReports, settle } from './change-run.ts'
import { type CommandContext, defineCommand } from './command.ts'
import { accountOptions, outputOptions, writeOptions } from './option-table.ts'
import { instantText } from './plain-text.ts'
import { UsageError } from './usage-error.ts'

type Way = 'resume' | 'rollback'

export const recover = defineCommand({
  name: 'recover',
  args: '',
  summary: 'finish or take back an interrupted change',
  options: [...accountOptions, ...outputOptions, ...writeOptions, 'resume', 'recoverRollback', 'drift'],
  writes: true,
  async run(values, context) {
    if (values.resume && values.recoverRollback) throw new UsageError('--resume and --rollback are two ways: choose one.')
    const given: Way | null = values.resume ? 'resume' : values.recoverRollback ? 'rollback' : null
    const workspace = await context.openWorkspace()
    const open = await workspace.toRecover({ signal: context.signal })
    if (!open.ok) return context.refuse(open.refusal)
    const interrupted = open.value
    if (interrupted.length === 0) {
      context.note('Nothing to recover: no change is open.')
      if (values.json) context.printJson([])
      return 0
    }
    if (!context.isInteractive && (given === null || !values.yes)) {
      throw new UsageError(
        `${clean(interrupted.map(textOf).join('; '))}.`,
        'Choose: `zt-tui recover --resume --yes` or `zt-tui recover --rollback --yes`.',
      )
    }
    const results: ChangeResult[] = []
    for (const change of interrupted) {
      const way = given !== null && values.yes ? given : await askWay(change, given, context)
      if (way === null) continue
      const options = changeOptions(context, { overrides: values.override, reason: values.reason, drift: values.drift })
      const result = settle(await workspace.recover(change.changeId, way, options), values.json, context)
      results.push(result)
      if (mustStop(result, context)) break
    }
    const code = printReports(results, { json: values.json, isBatch: interrupted.length > 1 }, context)
    return results.length < interrupted.length ? Math.max(code, 5) : code
  },
})

const textOf = ({ roleName, stage, at, done, total }: Interrupted): string =>
  `${roleName}${stage === null ? '' : ` stage ${stage}`} of ${instantText(at)} UTC is interrupted after ${done} of ${total} calls`

/** Null leaves the change as it is. */
async function askWay(change: Interrupted, given: Way | null, context: CommandContext): Promise<Way | null> {
  context.note(clean(`${textOf(change)}.`))
  for (const line of change.resume) context.note(clean(`  resume: ${line}`))
  for (const line of change.rollback) context.note(clean(`  roll back: ${line}`))
  const question =
    given === null ? 'r resumes, b rolls back, Enter leaves it: ' : `Type y to ${given === 'resume' ? 'resume' : 'roll back'}: `
  const answer = (await context.ask(question)).trim().toLowerCase()
  if (given !== null) return answer === 'y' || answer === 'yes' ? given : null
  return answer === 'r' ? 'resume' : answer === 'b' ? 'rollback' : null
}
