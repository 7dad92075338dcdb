import { apply } from './apply.ts'
import type { Command } from './command.ts'
import { config } from './config.ts'
import { demo } from './demo.ts'
import { doctor } from './doctor.ts'
import { history } from './history.ts'
import { plan } from './plan.ts'
import { quarantine, release } from './quarantine.ts'
import { recover } from './recover.ts'
import { report } from './report.ts'
import { roles } from './roles.ts'
import { rollback } from './rollback.ts'
import { sandbox } from './sandbox.ts'
import { scan } from './scan.ts'
import { screens } from './screens.ts'
import { show } from './show.ts'
import { watch } from './watch.ts'

/** In the order of the help text. What is not here does not exist. */
export const commands: readonly Command[] = [
  scan,
  roles,
  show,
  plan,
  apply,
  rollback,
  recover,
  quarantine,
  release,
  history,
  watch,
  report,
  doctor,
  config,
  demo,
  sandbox,
]

/** What a command line without a command does. */
export const defaultCommand: Command = screens
