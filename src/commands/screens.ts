import { AwsFailure } from '../ports/aws-failure.ts'
import { clean } from '../words/clean.ts'
import { type CommandContext, defineCommand } from './command.ts'
import type { ScreenOptions, Workspace } from './host.ts'
import { langOf } from './lang.ts'
import { accountOptions, type OptionValues, writeOptions } from './option-table.ts'
import { screenMachine } from './screen-machine.ts'

export const screens = defineCommand({
  name: 'screens',
  args: '',
  summary: 'the screens',
  options: [...accountOptions, ...writeOptions, 'lang', 'noColor', 'ascii', 'linear', 'role', 'filter', 'screen'],
  writes: true,
  async run(values, context) {
    const { host, door } = context
    const preferences = door.readPreferences(values.dataDir)
    const { language } = preferences.values
    const workspace = await openOrOfferDemo(context)
    if (workspace === null) return 3
    const options: ScreenOptions = {
      role: values.role,
      filter: values.filter,
      screen: values.screen,
      ascii: values.ascii,
      noColor: values.noColor,
      linear: values.linear,
      lang: langOf(values.lang ?? (language === 'auto' ? null : language), host.env),
      accountArgs: accountArgs(values),
      machine: screenMachine(preferences, {
        dataDir: workspace.dataDir,
        env: host.env,
        set: (key, text) => door.setPreference(values.dataDir, key, text),
        read: () => door.readPreferences(values.dataDir).rows,
      }),
    }
    context.leaveSignals()
    return host.startScreens(workspace, options)
  },
})

type AccountValues = Pick<OptionValues<(typeof accountOptions)[number]>, 'demo' | 'window' | 'readOnly' | (typeof namedArgs)[number][0]>

const namedArgs = [
  ['accountFile', '--account-file'],
  ['usageFile', '--usage-file'],
  ['profile', '--profile'],
  ['region', '--region'],
  ['endpointUrl', '--endpoint-url'],
  ['iacState', '--iac-state'],
  ['dataDir', '--data-dir'],
] as const

const usualWindow = 90

/** The options of this run that say which account is looked at and how. */
function accountArgs(values: AccountValues): readonly string[] {
  return [
    ...(values.demo ? ['--demo'] : []),
    ...namedArgs.flatMap(([id, flag]) => (values[id] === null ? [] : [flag, values[id]])),
    ...(values.window === usualWindow ? [] : ['--window', String(values.window)]),
    ...(values.readOnly ? ['--read-only'] : []),
  ]
}

/** Null when there are no credentials and nobody to ask. */
async function openOrOfferDemo(context: CommandContext): Promise<Workspace | null> {
  try {
    return await context.openForScreens()
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
