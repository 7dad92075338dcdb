import type { PreferenceRow } from '../ports/preferences.ts'
import { defineCommand } from './command.ts'
import { type Column, textTable } from './text-table.ts'
import { UsageError } from './usage-error.ts'

/** Where two commands would be on one key, the file is not written. */
async function keysProblem(key: string, text: string): Promise<string | null> {
  if (key !== 'keys' || text.trim() === '') return null
  const { keyBindingProblem } = await import('../ui/check-bindings.ts')
  return keyBindingProblem(text)
}

const columns: readonly Column<PreferenceRow>[] = [
  { title: 'KEY', text: ({ key }) => key },
  { title: 'VALUE', text: ({ value }) => (value === '' ? '-' : value) },
  { title: 'WHAT', text: ({ about }) => about },
]

export const config = defineCommand({
  name: 'config',
  args: '[KEY] [VALUE]',
  summary: 'preferences: where they are, their values; with a value: set one',
  options: ['dataDir', 'json'],
  async run({ dataDir, json }, context) {
    const [key, value] = context.args
    if (key !== undefined && value !== undefined) {
      const conflict = await keysProblem(key, value)
      if (conflict !== null) throw new UsageError(`keys: ${conflict}.`, 'Nothing was written.')
      const set = await context.door.setPreference(dataDir, key, value)
      if (!set.ok) throw new UsageError(set.problem)
    }
    const { file, rows, values, problem } = context.door.readPreferences(dataDir)
    if (problem !== null) context.note(problem)
    const asked = rows.filter((row) => key === undefined || row.key === key)
    if (asked.length === 0) throw new UsageError(`there is no preference "${key}".`, `They are ${rows.map((row) => row.key).join(', ')}.`)
    if (json) context.printJson(key === undefined ? { file, values } : Reflect.get(values, key))
    else if (key !== undefined) context.print(`${asked[0]?.value ?? ''}\n`)
    else context.print(`${file}\n\n${textTable(columns, asked)}`)
    return 0
  },
})
