import { plural } from '../figures.ts'

/** One role: its actions, documents, evidence. */
export const role = {
  roleTabs: { unused: 'Actions', policies: 'Policies', trust: 'Trust', evidence: 'Evidence', history: 'History' },
  role: {
    noActions: 'This role is granted nothing.',
    noPolicies: 'This role has no policies.',
    attachedTo: (n: number) => `attached to ${n} principals`,
    trust: 'Who may become this role',
    trustMeans:
      'The trust policy says which principals may assume the role. It is shown here because whoever gets in may do all that the role may do. Tightening does not change it.',
    evidence: 'Where the numbers come from',
    evidenceMeans:
      'The points of a factor are what the score loses when the factor is left out. An action counts as unused only when every source that tracks it saw no use in the whole window; what no source tracks is unknown and is kept.',
    sources: 'Sources',
  },
  because: {
    state: 'state',
    lastUse: 'last use',
    source: 'source',
    noSource: 'none speaks of it',
    age: 'evidence',
    ageDays: (days: number) => (days === 0 ? 'of today' : `${days} day${plural(days)} old`),
    level: 'level',
    title: 'Because',
    could: 'What it could do',
  },
}
