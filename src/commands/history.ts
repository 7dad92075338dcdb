import { defineCommand } from './command.ts'
import { historyTable } from './history-table.ts'
import { accountOptions, outputOptions } from './option-table.ts'
import { UsageError } from './usage-error.ts'

export const history = defineCommand({
  name: 'history',
  args: '[ROLE_OR_CHANGE]',
  summary: 'the ledger: changes, newest first',
  options: [...accountOptions, ...outputOptions],
  async run({ json }, context) {
    const workspace = await context.openWorkspace()
    const all = await workspace.history()
    const [asked] = context.args
    const entries = asked === undefined ? all : all.filter(({ roleName, changeId }) => roleName === asked || changeId === asked)
    if (asked !== undefined && entries.length === 0) throw new UsageError(`the ledger knows neither a role nor a change "${asked}".`)
    if (json) context.printJson(entries)
    else context.print(entries.length === 0 ? 'Nothing has been changed yet.\n' : historyTable(entries))
    return 0
  },
})
