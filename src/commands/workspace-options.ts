import type { WorkspaceOptions } from '../app/options.ts'
import type { AllValues } from './parse-command-line.ts'
import { UsageError } from './usage-error.ts'

/** Which account the command line means, and how it is looked at. Throws `UsageError` where options contradict each other. */
export function workspaceOptions(values: AllValues, isWriting: boolean): WorkspaceOptions {
  checkOneAccount(values)
  return {
    demo: values.demo,
    accountFile: values.accountFile,
    usageFile: values.usageFile,
    profile: values.profile,
    region: values.region,
    endpointUrl: values.endpointUrl,
    window: values.window,
    minAge: values.minAge ?? values.window,
    dataDir: values.dataDir,
    readOnly: values.readOnly || !isWriting,
    settle: values.settle,
    lockWait: values.lockWait,
    restoreOut: values.restoreOut,
    iacState: values.iacState,
    now: values.now,
    debugLog: values.debugLog,
    yes: values.yes,
    overrides: values.override,
    reason: values.reason,
  }
}

function checkOneAccount({ demo, accountFile, usageFile, profile, endpointUrl, now }: AllValues): void {
  if (demo && accountFile !== null) throw new UsageError('--demo and --account-file are two accounts: choose one.')
  if (usageFile !== null && accountFile === null)
    throw new UsageError('--usage-file needs --account-file: it says what the roles of that file used.')
  if ((demo || accountFile !== null) && (profile !== null || endpointUrl !== null)) {
    throw new UsageError(
      `${profile === null ? '--endpoint-url' : '--profile'} is about a live account: leave it or ${demo ? '--demo' : '--account-file'} out.`,
    )
  }
  if (now !== null && !demo && accountFile === null)
    throw new UsageError('--now is for --demo and --account-file only: a live account has its own clock.')
  if (endpointUrl !== null && !/^https?:\/\/[^/]/.test(endpointUrl))
    throw new UsageError(`--endpoint-url: a URL such as http://127.0.0.1:4566 was expected, not "${endpointUrl}".`)
}
