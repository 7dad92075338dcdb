import { account } from './en/account.ts'
import { change } from './en/change.ts'
import { chrome } from './en/chrome.ts'
import { commands } from './en/commands.ts'
import { dialogs } from './en/dialogs.ts'
import { program } from './en/program.ts'
import { proposal } from './en/proposal.ts'
import { role } from './en/role.ts'
import { roles } from './en/roles.ts'
import { rooms } from './en/rooms.ts'

export const en = {
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

/** Every text of the interface. English is the type; another language is complete when it compiles. */
export type Words = typeof en
