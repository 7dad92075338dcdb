import { actionKey, serviceOf } from '../policy/names.ts'
import { type Choice, type ChoiceSide, noChoice, type State } from './state.ts'

export const choiceOf = (state: State, roleName: string): Choice => state.choices.get(roleName) ?? noChoice

export const isNoChoice = ({ keep, remove }: Choice): boolean => keep.length === 0 && remove.length === 0

const covers = (pattern: string, action: string): boolean =>
  pattern.endsWith(':*') ? actionKey(serviceOf(action)) === actionKey(pattern.slice(0, -2)) : actionKey(pattern) === actionKey(action)

/** What the user says of one action: kept or removed against the proposal, or nothing. */
export function saidOf({ keep, remove }: Choice, action: string): 'keep' | 'remove' | null {
  if (keep.some((pattern) => covers(pattern, action))) return 'keep'
  return remove.some((pattern) => covers(pattern, action)) ? 'remove' : null
}

const toggled = (list: readonly string[], patterns: readonly string[]): readonly string[] =>
  patterns.every((pattern) => list.includes(pattern))
    ? list.filter((one) => !patterns.includes(one))
    : [...list, ...patterns.filter((pattern) => !list.includes(pattern))]

/** Takes patterns in, or out again where all of them are in. */
export const toggleChoice = (choice: Choice, side: ChoiceSide, patterns: readonly string[]): Choice => ({
  ...choice,
  [side]: toggled(choice[side], patterns),
})
