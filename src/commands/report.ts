import { asciiReport, renderReport, reportFormats } from '../report/render/render-report.ts'
import { defineCommand } from './command.ts'
import { langOf } from './lang.ts'
import { accountOptions, outputOptions } from './option-table.ts'
import { readAccount } from './read-account.ts'
import { readStepText } from './read-step.ts'
import { UsageError } from './usage-error.ts'
import { writeWholeFile } from './write-whole-file.ts'

export const report = defineCommand({
  name: 'report',
  args: '',
  summary: 'the status report: what the account holds, what nobody uses, what to do first',
  options: [...accountOptions, ...outputOptions, 'format', 'out'],
  async run({ json, format, out, lang, ascii }, context) {
    if (json && format !== null && format !== 'json') throw new UsageError(`--json and --format ${format} are two formats: choose one.`)
    const workspace = await context.openWorkspace()
    const scanned = await readAccount(workspace, context)
    if (!scanned.ok) return context.refuse(scanned.refusal)
    const made = await workspace.report({
      signal: context.signal,
      onProgress: (step) => context.progress(readStepText(step)),
    })
    context.progress(null)
    if (!made.ok) return context.refuse(made.refusal)
    const chosen = json ? 'json' : (format ?? formatOf(out))
    const rendered = renderReport(made.value, chosen, langOf(lang, context.host.env))
    const text = ascii ? asciiReport[chosen](rendered) : rendered
    if (out === null) context.print(text)
    else {
      writeWholeFile(out, [text])
      context.note(`The report is in ${out}.`)
    }
    return 0
  },
})

/** The name of the file tells the format where no option does. */
function formatOf(file: string | null): (typeof reportFormats)[number] {
  const ending = file?.split('.').at(-1)?.toLowerCase() ?? ''
  return reportFormats.find((format) => format === (ending === 'htm' ? 'html' : ending)) ?? 'md'
}
