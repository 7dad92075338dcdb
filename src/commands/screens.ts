import { AwsFailure } from '../ports/aws-failure.ts'
import { clean } from '../words/clean.ts'
import { type CommandContext, defineCommand } from './command.ts'
import type { ScreenOptions, Workspace } from './host.ts'
import { langOf } from './lang.ts'
import { accountOptions, writeOptions } from './option-table.ts'

export const screens = defineCommand({
  name: 'screens',
  args: '',
  summary: 'the screens',
  options: [...accountOptions, ...writeOptions, 'lang', 'noColor', 'ascii', 'linear', 'role', 'filter', 'screen'],
  writes: true,
  async run(values, context) {
    const { host } = context
    const workspace = await openOrOfferDemo(context)
    if (workspace === null) return 3
    const options: ScreenOptions = {
      role: values.role,
      filter: values.filter,
      screen: values.screen,
      ascii: values.ascii,
      noColor: values.noColor,
      linear: values.linear,
      lang: langOf(values.lang, host.env),
    }
    context.leaveSignals()
    return host.startScreens(workspace, options)
  },
})

/** Null when there are no credentials and nobody to ask. */
async function openOrOfferDemo(context: CommandContext): Promise<Workspace | null> {
  try {
    return await context.openWorkspace()
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind !== 'credentials') throw error
    context.note(`zt-tui: no AWS credentials: ${clean(error.message)}`)
    if (!context.isInteractive) {
      context.note('Sign in as for the AWS CLI (`aws configure`, AWS_PROFILE), or try the embedded account: zt-tui --demo')
      return null
    }
    await context.ask('Sign in as for the AWS CLI (`aws configure`, AWS_PROFILE), or press Enter for the demo account (Ctrl-C leaves): ')
    return context.openDemo()
  }
}
