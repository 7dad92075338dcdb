import type { ScanView } from '../app/views.ts'
import { defineCommand } from './command.ts'
import { accountOptions, outputOptions } from './option-table.ts'
import { countText } from './plain-text.ts'
import { readAccount } from './read-account.ts'

export const scan = defineCommand({
  name: 'scan',
  args: '',
  summary: 'read account and evidence, store a scan, print a summary',
  options: [...accountOptions, ...outputOptions],
  async run({ json }, context) {
    const workspace = await context.openWorkspace()
    const scanned = await readAccount(workspace, context)
    if (!scanned.ok) return context.refuse(scanned.refusal)
    if (json) context.printJson(scanned.value)
    else context.print(summary(workspace.accountLabel, scanned.value))
    return 0
  },
})

const grades = ['critical', 'high', 'medium', 'low'] as const

function summary(account: string, { scanId, window, minAge, catalogDate, sources, roles }: ScanView): string {
  const graded = grades.map((grade) => `${roles.filter(({ riskGrade }) => riskGrade === grade).length} ${grade}`)
  const unused = roles.reduce((sum, { unusedActions }) => sum + unusedActions, 0)
  const granted = roles.reduce((sum, { grantedActions }) => sum + grantedActions, 0)
  const lines = [
    `${account}: ${countText(roles.length, 'role')} (${graded.join(', ')}); ${unused} of ${granted} granted actions unused`,
    `window ${window} days, grants younger than ${minAge} days are unknown, catalog of ${catalogDate}`,
    `sources: ${sources.map(({ id, status }) => `${id} ${status}`).join(', ') || 'none'}`,
    `scan ${scanId}`,
  ]
  return lines.map((line) => `${line}\n`).join('')
}
