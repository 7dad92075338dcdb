import type { ActionName } from '../policy/names.ts'

export type EscalationClass = 'self-escalation' | 'principal-access' | 'new-passrole' | 'existing-passrole'

/** A set of actions that together let their holder gain more than it was given. Resources, trust and targets decide the rest. */
export type EscalationPath = {
  readonly id: string
  readonly name: string
  readonly class: EscalationClass
  readonly actions: readonly ActionName[]
}
