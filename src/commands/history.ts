import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { UseCases } from '../app/use-cases.ts'
import { InputFailure } from '../ports/input-failure.ts'
import { type CommandContext, defineCommand } from './command.ts'
import { historyTable } from './history-table.ts'
import { accountOptions, outputOptions } from './option-table.ts'
import { UsageError } from './usage-error.ts'
import { writeWholeFile } from './write-whole-file.ts'

export const history = defineCommand({
  name: 'history',
  args: '[ROLE_OR_CHANGE]',
  summary: 'the ledger: changes, newest first',
  options: [...accountOptions, ...outputOptions, 'export'],
  async run({ json, export: folder }, context) {
    const workspace = await context.openWorkspace()
    const all = await workspace.history()
    const [asked] = context.args
    const entries =
      asked === undefined ? all : all.filter(({ roleName, changeId, batchId }) => [roleName, changeId, batchId].includes(asked))
    if (asked !== undefined && entries.length === 0) throw new UsageError(`the ledger knows no role, no change and no batch "${asked}".`)
    if (folder !== null) return exportChange(asked, folder, { workspace, context })
    if (json) context.printJson(entries)
    else context.print(entries.length === 0 ? 'Nothing has been changed yet.\n' : historyTable(entries))
    return 0
  },
})

type Surroundings = { readonly workspace: Pick<UseCases, 'restoreFiles'>; readonly context: CommandContext }

/** Writes a change's restore script, from the ledger, into a folder of the user's. */
async function exportChange(changeId: string | undefined, folder: string, { workspace, context }: Surroundings): Promise<number> {
  if (changeId === undefined) throw new UsageError('--export goes with a CHANGE.', '`zt-tui history` lists the changes.')
  const files = await workspace.restoreFiles(changeId)
  if (!files.ok) return context.refuse(files.refusal)
  try {
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
  } catch (cause) {
    throw new InputFailure({ file: folder, place: '', message: 'cannot be made as a folder', cause })
  }
  for (const [name, text] of files.value) writeWholeFile(join(folder, name), [text])
  context.print(`The way back of change ${changeId} is in ${join(folder, 'restore.sh')}; run it with: sh ${join(folder, 'restore.sh')}\n`)
  return 0
}
