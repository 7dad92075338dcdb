import { clean } from '../words/clean.ts'
import { defineCommand } from './command.ts'
import { accountOptions, outputOptions } from './option-table.ts'

const MARKS = { ok: '✓', warning: '!', failed: '✗' } as const

export const doctor = defineCommand({
  name: 'doctor',
  args: '',
  summary: 'credentials, rights, sources, quotas and clock',
  options: [...accountOptions, ...outputOptions],
  async run({ json }, context) {
    const workspace = await context.openWorkspace()
    const checks = [...(await workspace.doctor()), terminalCheck(context.isInteractive)]
    if (json) context.printJson(checks)
    else for (const { id, status, message } of checks) context.print(`${MARKS[status]} ${id.padEnd(17)} ${clean(message)}\n`)
    return checks.some(({ status }) => status === 'failed') ? 1 : 0
  },
})

const terminalCheck = (isInteractive: boolean) => ({
  id: 'terminal',
  status: isInteractive ? ('ok' as const) : ('warning' as const),
  message: isInteractive ? 'the screens can run here' : 'no terminal to draw on: only the commands work here',
})
