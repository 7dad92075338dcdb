import type { CommandRecord } from './commands/record.ts'
import type { Screen } from './screen.ts'

/** Keys of the user's own by command id: `{"apply": ["A"]}`. They take the place of the command's usual keys. */
export type KeyBindings = Readonly<Record<string, readonly string[]>>

/** Leaving must stay possible, whatever a file says. */
const fixed: ReadonlySet<string> = new Set(['Ctrl-c', 'Ctrl-z', 'Esc', 'Enter'])

export const keysOf = (record: CommandRecord, bindings: KeyBindings): readonly string[] => bindings[record.id] ?? record.keys

type Everywhere = readonly Screen['kind'][] | 'all'

const meet = (a: Everywhere, b: Everywhere): boolean => a === 'all' || b === 'all' || a.some((kind) => b.includes(kind))

const keyPattern = /^(?:\S|Space|Tab|Shift-Tab|Up|Down|Left|Right|PgUp|PgDn|Home|End|Delete|Ctrl-[a-z])$/u

function wrongIn(records: readonly CommandRecord[], bindings: KeyBindings): string | null {
  for (const [id, keys] of Object.entries(bindings)) {
    const record = records.find((one) => one.id === id)
    if (record === undefined) return `there is no command "${id}"`
    if (record.keys.some((key) => fixed.has(key))) return `"${id}" keeps its keys: nobody may be locked in`
    for (const key of keys) {
      if (fixed.has(key)) return `${key} cannot be given to "${id}": it is fixed`
      if (!keyPattern.test(key)) return `"${key}" is no key: a character, Space, Tab, Up, PgDn, Ctrl-x and the like are`
    }
  }
  return null
}

/** Why these bindings cannot be used, as a sentence without its end; null: they can. */
export function bindingProblem(records: readonly CommandRecord[], bindings: KeyBindings): string | null {
  const wrong = wrongIn(records, bindings)
  if (wrong !== null) return wrong
  for (const [at, record] of records.entries()) {
    for (const other of records.slice(at + 1)) {
      const shared = keysOf(record, bindings).find((key) => keysOf(other, bindings).includes(key))
      if (shared !== undefined && meet(record.on, other.on)) return `${shared} would mean both "${record.id}" and "${other.id}"`
    }
  }
  return null
}
