import { clean } from '../words/clean.ts'
import type { CommandContext } from './command.ts'
import { UsageError } from './usage-error.ts'

/** Where nobody can be asked, `--yes` must have been given. Checked before anything is read. */
export function requireAnswer(yes: boolean, context: CommandContext): void {
  if (!yes && !context.isInteractive)
    throw new UsageError('this changes the account and there is no terminal to ask at.', 'Pass --yes to confirm.')
}

/** True when the user says yes. The effect stands above the question; Enter alone is no. */
export async function confirm(effect: readonly string[], context: CommandContext): Promise<boolean> {
  for (const line of effect) context.note(clean(line))
  const answer = await context.ask('Go on? [y/N] ')
  return /^y(es)?$/i.test(answer.trim())
}

/** True when the user types the name, letter by letter. */
export async function confirmByName(effect: readonly string[], name: string, context: CommandContext): Promise<boolean> {
  for (const line of effect) context.note(clean(line))
  const answer = await context.ask(`Type ${clean(name)} to go on: `)
  return answer.trim() === name
}
