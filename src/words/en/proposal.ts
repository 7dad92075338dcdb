import { countOf, plural } from '../figures.ts'

/** What is proposed for a role, and what is chosen against it. */
export const proposal = {
  previewTabs: { removes: 'Removes', policies: 'Policies', operations: 'Operations', kept: 'Kept' },
  /** By what the plan calls them. */
  stageTitles: {
    'whole unused services': 'whole unused services',
    'everything unused': 'everything unused',
    'permission management and escalation': 'permission management and escalation',
    'deletes and writes': 'deletes and writes',
    tagging: 'tagging',
    'reads and lists': 'reads and lists',
  },
  preview: {
    title: 'proposal',
    making: 'Making the proposal and proving it …',
    remaking: 'making it anew …',
    risk: 'risk',
    proof: 'Proved',
    noNewAccess: 'no new access',
    usedKept: 'used kept',
    everyStep: 'every step',
    sizes: 'Sizes against the quotas',
    inline: 'inline policies',
    of: (part: string, whole: string) => `${part} of ${whole}`,
    notes: 'Notes',
    nothing: 'There is nothing to remove: everything that is granted is used, needed or unknown.',
    nothingYet: 'Nothing has changed yet. a applies the next stage, after a question.',
    removesNothing: 'This stage removes no action.',
    unchanged: (n: number) => `… ${n} unchanged line${plural(n)}`,
    keptUnknown: (n: number) => `${countOf(n)} unknown action${plural(n)} kept`,
    keptUnknownWhy: 'No source tracks them, so nobody can say that they are unused.',
    required: (n: number) => `${countOf(n)} required action${plural(n)} kept`,
    requiredWhy: 'Something that the role uses needs them.',
    dropsFuture: (n: number) => `a wildcard becomes a list: new actions of ${n} service${plural(n)} will not be granted by themselves`,
    dropsFutureWhy: 'Actions that AWS adds to these services later, and those that no catalog knows, are no longer covered.',
    undated: (policies: string) => `${policies}: the API tells no date, so a young grant cannot be told from an old one`,
    lostSiblings: (keeps: string, drops: string, n: number) =>
      `${keeps} stays without ${drops}${n > 1 ? `, and ${n - 1} more such` : ''}: what makes things must undo them one day`,
    shared: (policy: string, roles: readonly string[]) =>
      `${policy} is shared${roles.length === 0 ? '' : ` with ${roles.slice(0, 3).join(', ')}${roles.length > 3 ? `, ${countOf(roles.length - 3)} more` : ''}`}: this role gets a copy. Mark them all to tighten them together.`,
    keptNothing: 'Nothing unknown, nothing required: all that stays is in use.',
  },
  choice: { keep: 'kept by you', remove: 'removed by you' },
  giveBack: {
    title: (role: string) => `Give one action back to ${role}`,
    denied: 'denied',
    ask: (action: string) => `Give ${action} back?`,
    button: 'Give back',
    effect: (action: string, role: string) => `${role} may call ${action} again, on the resources and under the conditions that it had.`,
    means: 'One inline policy of its own; the stage stays in effect for everything else. Proved against what the role had at first.',
  },
}
