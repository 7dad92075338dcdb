import type { Words } from './en.ts'
import { account } from './ja/account.ts'
import { change } from './ja/change.ts'
import { chrome } from './ja/chrome.ts'
import { commands } from './ja/commands.ts'
import { dialogs } from './ja/dialogs.ts'
import { program } from './ja/program.ts'
import { proposal } from './ja/proposal.ts'
import { role } from './ja/role.ts'
import { roles } from './ja/roles.ts'
import { rooms } from './ja/rooms.ts'

export const ja: Words = {
  ...chrome,
  ...account,
  ...roles,
  ...role,
  ...proposal,
  ...change,
  ...dialogs,
  ...commands,
  ...rooms,
  ...program,
}
