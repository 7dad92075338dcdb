import { commandRecords } from './command-records.ts'
import { bindingProblem, type KeyBindings } from './key-bindings.ts'

/** Why this text cannot be the user's key bindings; null: it can, or it is no JSON, which the preferences say better. */
export function keyBindingProblem(text: string): string | null {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null || Object.values(parsed).some((keys) => !Array.isArray(keys))) return null
    return bindingProblem(commandRecords, parsed as KeyBindings)
  } catch {
    return null
  }
}
