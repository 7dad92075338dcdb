import { defineCommand } from './command.ts'
import { UsageError } from './usage-error.ts'

export const demo = defineCommand({
  name: 'demo',
  args: '<reset>',
  summary: 'renew the demo account and archive its ledger',
  options: ['dataDir', 'json'],
  async run({ dataDir, json }, context) {
    const [action] = context.args
    if (action !== 'reset') throw new UsageError(`unknown demo action "${action}".`, 'There is one: zt-tui demo reset')
    await context.door.resetDemoAccount({ dataDir })
    if (json) context.printJson({ reset: true })
    else context.print('The demo account is new. What the ledger held of the old one is archived in it.\n')
    return 0
  },
})
