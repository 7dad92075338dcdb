import { plural } from '../figures.ts'

/** Screens beside the main path: log, inventory, preferences. */
export const rooms = {
  log: {
    title: 'Messages and AWS calls',
    message: 'Message',
    none: 'Nothing has been said and no AWS call has changed anything yet.',
  },
  inventory: {
    tabs: { users: 'Users', policies: 'Policies', external: 'External access', findings: 'Findings' },
    making: 'Reading what the report needs …',
    marks: { noMfa: 'no MFA', idle: 'idle credentials' },
    kinds: {
      managed: (attached: number) => `customer managed, attached ${attached}×`,
      'aws-managed': (attached: number) => `AWS managed, attached ${attached}×`,
    },
    neverUsed: 'never used',
    idleFor: (days: number) => `idle for ${days} day${plural(days)}`,
    unusedShare: (percent: number) => `${percent} % unused`,
    facts: {
      arn: 'arn',
      groups: 'groups',
      policies: 'policies',
      findings: 'findings',
      attached: 'attached',
      boundary: 'boundary',
      versions: 'versions',
      type: 'type',
      resource: 'resource',
      risk: 'risk',
      who: 'who',
      actions: 'actions',
      advice: 'advice',
      unused: 'unused',
      why: 'why',
    },
    empty: {
      users: 'This account has no users.',
      policies: 'This account has no managed policies.',
      external: 'Nothing is reachable from outside, or no source tells.',
      findings: 'Nothing was found.',
    },
  },
  settings: {
    title: 'Preferences',
    none: 'There is no file of preferences here.',
    hint: 'Enter changes it. The same is done by: zt-tui config KEY VALUE',
    keys: 'Enter sets it, Esc leaves it as it is',
    keysRefused: (why: string) => `Your key bindings are not used: ${why}.`,
  },
}
