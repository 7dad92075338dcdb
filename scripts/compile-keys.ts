/** Writes docs/keys.md from the command records. `node scripts/compile-keys.ts`; a test tells when it is stale. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { commandRecords } from '../src/ui/command-records.ts'
import { type CommandRecord, commandGroups } from '../src/ui/commands/record.ts'
import { keyName } from '../src/ui/views/key-name.ts'
import { en } from '../src/words/en.ts'

const row = ({ id, keys, on }: CommandRecord): string => {
  const names = keys.map((key) => `\`${keyName(key, false)}\``).join(' ')
  const where = on === 'all' ? 'everywhere' : on.map((kind) => en.screens[kind]).join(', ')
  return `| ${names} | \`${id}\` | ${en.commands[id].help} | ${where} |`
}

const section = (group: CommandRecord['group']): string =>
  [
    `## ${en.groups[group]}`,
    '',
    '| key | command | what it does | where |',
    '|---|---|---|---|',
    ...commandRecords.filter((record) => record.group === group).map(row),
    '',
  ].join('\n')

export const keysPage = (): string =>
  [
    '# Keys',
    '',
    'Generated from the command records by `node scripts/compile-keys.ts`. `?` shows those that work where you are and why others',
    'do not; `:` runs any of them by name. Keys of your own: `zt-tui config keys \'{"apply": ["A"]}\'`.',
    '',
    'In a dialog `Tab` or `→` goes to the button and `Enter` presses it; the key that opened a dialog never confirms it. In the filter',
    'words match names, and fields match figures: `unused>20 risk>=high last>90d tag:env=prod flag:admin is:protected path:/service/`.',
    '',
    ...commandGroups.map(section),
  ].join('\n')

if (import.meta.main) writeFileSync(fileURLToPath(new URL('../docs/keys.md', import.meta.url)), keysPage())
