import type { UseCases } from '../app/use-cases.ts'
import { changeOptions, printReports, settle } from './change-run.ts'
import { defineCommand } from './command.ts'
import { confirmByName, requireAnswer } from './confirm.ts'
import { accountOptions, outputOptions, writeOptions } from './option-table.ts'

/** Two commands that mirror each other: deny a role everything, and give it back. */
function roleSwitch<const K extends 'trust' | 'drift'>(
  name: 'quarantine' | 'release',
  own: { readonly option: K; readonly summary: string; effect(roleName: string): string },
) {
  return defineCommand({
    name,
    args: '<ROLE>',
    summary: own.summary,
    options: [...accountOptions, ...outputOptions, ...writeOptions, own.option],
    writes: true,
    async run(values, context) {
      const [roleName = ''] = context.args
      requireAnswer(values.yes, context)
      const workspace: Pick<UseCases, typeof name> = await context.openWorkspace()
      if (!values.yes && !(await confirmByName([own.effect(roleName)], roleName, context))) {
        context.note('Left as it is.')
        return 0
      }
      const asked = { overrides: values.override, reason: values.reason, [own.option]: values[own.option] }
      const result = settle(await workspace[name](roleName, changeOptions(context, asked)), values.json, context)
      return printReports([result], { json: values.json, isBatch: false }, context)
    },
  })
}

export const quarantine = roleSwitch('quarantine', {
  option: 'trust',
  summary: 'deny everything to an unused role',
  effect: (roleName) =>
    `${roleName}: one inline policy denies everything, to open sessions too; \`zt-tui release ${roleName}\` takes it away.`,
})

export const release = roleSwitch('release', {
  option: 'drift',
  summary: 'give a quarantined role its rights back',
  effect: (roleName) => `${roleName}: the quarantine's Deny goes.`,
})
