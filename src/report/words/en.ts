import type { ObservationId } from '../../evidence/account-observations.ts'
import type { EvidenceSourceId } from '../../evidence/evidence.ts'
import type { RiskGrade } from '../../risk/score.ts'
import type { ExternalRisk, Urgency } from '../findings/external-access.ts'
import type { ImpactId } from '../findings/impact.ts'
import type { ActionId, Horizon } from '../recommend.ts'
import type { Level, StatisticId } from '../statistics.ts'
import type { UsageAdvice } from '../usage.ts'

const s = (count: number): string => (count === 1 ? '' : 's')

const levels: Record<Level, string> & Record<RiskGrade, string> = {
  low: 'low',
  medium: 'medium',
  'medium-high': 'medium to high',
  high: 'high',
  critical: 'critical',
}
const statistics: Record<StatisticId, string> = {
  users: 'IAM users',
  roles: 'IAM roles',
  customerManagedPolicies: 'Customer managed policies',
  awsManagedAttachments: 'AWS managed policies attached',
  overPermissiveRoles: 'Over-permissive roles',
  zombiePermissions: 'Zombie permissions (unused in the whole window)',
}
const impacts: Record<ImpactId, string> = {
  escalation: 'Privilege escalation path: whoever takes the role can give itself more rights',
  blindness: 'Logs or alarms can be switched off, so that an attack leaves no trace',
  exposure: 'Resources can be opened to others',
  keys: 'Keys or secrets can be destroyed, and with them all that they protect',
  backups: 'Backups can be deleted, and with them the way back',
  resources: 'Accidental loss of resources or data',
}
const externalRisks: Record<ExternalRisk, string> = {
  'anyone-writes': 'Anybody can change it',
  'anyone-reads': 'Anybody can read it, without signing in',
  'anyone-uses': 'Its resource policy lets any principal call it',
  'outsiders-write': 'Other accounts can write to it, too broadly',
  'outsiders-read': 'Other accounts can read it',
  'outsiders-take-role': 'Principals outside the account can take this role',
  'not-readable': 'Reachable from outside; the details could not be read',
}
const urgencies: Record<Urgency, string> = {
  'at-once': 'Fix at once: close the access',
  soon: 'Fix soon: name the principals and actions that are needed',
}
const usageAdvice: Record<UsageAdvice, string> = {
  remove: 'Remove: nobody calls AWS with it',
  review: 'Review with its owner',
  merge: 'Merge into another role',
}
const horizons: Record<Horizon, string> = { within24h: 'Within 24 hours', weeks1to2: 'Within 1–2 weeks', month1: 'Within one month' }
const actions: Record<ActionId, string> = {
  'close-public-access': 'Close the access that anybody has',
  'remove-root-keys': 'Delete the access keys of the root user',
  'root-mfa': 'Give the root user an MFA device',
  'tighten-critical': 'Tighten the critical over-permissive roles, unused writes first',
  'remove-escalation': 'Remove unused permissions that lead to privilege escalation',
  'narrow-outside-access': 'Narrow the access of other accounts',
  'tighten-high': 'Tighten the other over-permissive roles',
  'remove-zombies': 'Remove the other zombie permissions',
  'require-mfa': 'Require MFA of users who sign in with a password',
  'disable-unused-keys': 'Deactivate access keys that nobody used',
  'quarantine-unused': 'Quarantine roles that nobody used, then delete them',
  'disable-unused-passwords': 'Remove passwords that nobody used',
  'review-little-used': 'Review or merge roles that are hardly used',
  'split-shared-policies': 'Cut shared customer policies down to what their roles use',
  'delete-unattached-policies': 'Delete policies that are attached to nobody',
  'connect-sources': 'Connect the sources that are missing',
}
const sources: Record<EvidenceSourceId | ObservationId, string> = {
  'access-analyzer': 'Unused access (Access Analyzer)',
  'last-accessed': 'Last accessed (IAM)',
  cloudtrail: 'Recent calls (CloudTrail)',
  'grant-dates': 'Dates of grants (CloudTrail)',
  credentials: 'Credential report (IAM)',
  unusedCredentials: 'Unused credentials (Access Analyzer)',
  externalAccess: 'External access (Access Analyzer)',
  calls: 'Calls per role (CloudTrail)',
  analyzers: 'Analyzers',
  trails: 'Trails',
}

/** What a danger of `risk/factors.ts` means, by its id; without an entry the factor's own reason stands. */
const dangers: Readonly<Record<string, string>> = {}

/** The words of the report. Every other language has the same shape. */
export const en = {
  lang: 'en',
  title: 'IAM permissions: status report',
  none: 'None found.',
  never: 'never',
  unknown: 'unknown',
  yes: 'yes',
  no: 'no',
  on: 'on',
  off: 'off',
  more: (count: number) => `${count} more`,
  showAll: (count: number) => `Show all ${count}`,
  notConnected: 'Not connected',
  partly: 'Only partly known',
  levels,
  statistics,
  impacts,
  dangers,
  externalRisks,
  urgencies,
  usageAdvice,
  horizons,
  actions,
  sources,
  sourceStates: { connected: 'connected', partial: 'partial', missing: 'not connected' },
  unusedAdvice: { quarantine: 'Quarantine, then delete', 'ask-owner': 'Ask its owner first' },
  sections: {
    period: 'Period and scope',
    statistics: 'Overall statistics',
    findings: 'High-risk findings',
    usage: 'Usage',
    actions: 'Recommended actions',
    inventory: 'Detailed inventory',
    settings: 'Tool settings',
  },
  findings: {
    overPermissive: 'Over-authorised roles',
    overPermissiveMeans: 'At least 70 % of their actions are unused, and their risk is high or critical.',
    zombies: 'Zombie permissions',
    zombiesMeans: 'High-impact actions that a policy names and nobody used in the whole window.',
    externalAccess: 'External access',
    unusedRoles: 'Unused roles',
    users: 'Users and credentials',
    withoutMfa: 'Users without MFA',
    idleCredentials: 'Passwords and access keys that nobody used in the window',
    sharedPolicies: 'Shared policies that give more than their roles use',
    unattached: 'Policies attached to nobody',
    rootKeys: (count: number) => `The root user has ${count} active access key${s(count)}.`,
  },
  columns: {
    what: 'What',
    count: 'Count',
    level: 'Risk',
    role: 'Role',
    policies: 'Policies',
    unused: 'Unused',
    grade: 'Grade',
    score: 'Score',
    topRisk: 'Largest risk',
    guards: 'Guards',
    actions: 'Actions',
    lastUsed: 'Last use',
    impact: 'What could go wrong',
    resourceType: 'Type',
    resource: 'Resource',
    risk: 'Risk',
    action: 'Recommended action',
    who: 'Who',
    advice: 'Advice',
    idleDays: 'Idle days',
    user: 'User',
    credential: 'Credential',
    age: 'Age in days',
    policy: 'Policy',
    sharedBy: 'Roles',
    wide: 'Whole services on every resource',
    unusedByAll: 'Used by none of them',
    calls: 'Calls',
    granted: 'Granted',
    used: 'Used',
    unknown: 'Unknown',
    required: 'Required',
    groups: 'Groups',
    members: 'Members',
    attachments: 'Attachments',
    boundaryUses: 'As boundary',
    versions: 'Versions',
    group: 'Group',
    name: 'Name',
    region: 'Region',
    watches: 'Watches',
    state: 'State',
    window: 'Window',
    storedIn: 'Stored in',
    dataEvents: 'Data events',
    insights: 'Insights',
    source: 'Source',
    why: 'What it says',
    until: 'Observed until',
  },
  facts: {
    period: 'Evaluation period',
    window: 'Use was looked for',
    account: 'Account',
    generated: 'Generated',
    scan: 'Scan',
    minAge: 'Grants younger than',
    catalog: 'Catalog of actions',
    granted: 'Granted actions over all roles',
    problems: 'Could not be read',
  },
  days: (count: number) => `${count} day${s(count)}`,
  lookedFor: (from: string, to: string) => `from ${from} to ${to}`,
  period: (from: string, to: string, days: number) => `${from} to ${to} (${days} days)`,
  minAge: (days: number) => `${days} days count as unknown`,
  grantedOf: (unused: string, unknown: string, granted: string) => `${granted}: ${unused} unused, ${unknown} unknown`,
  credentialKinds: {
    password: 'password',
    'access-key': (slot: number | null, id: string | null) => ['access key', slot, id].filter((part) => part !== null).join(' '),
  },
  watches: { 'external-access': 'external access', 'unused-access': 'unused access', 'internal-access': 'internal access' },
  trail: { logging: 'logging', stopped: 'stopped', noDataEvents: 'none' },
  usage: {
    mostActive: 'Most active roles',
    leastUsed: 'Least used roles',
    withoutCalls: 'No source of calls is connected; these roles were not used in the window.',
  },
  inventory: {
    users: 'Users',
    groups: 'Groups',
    roles: 'Roles',
    customer: 'Customer managed policies',
    aws: 'AWS managed policies attached',
  },
  settings: { analyzers: 'Analyzers', trails: 'Trails', sources: 'Sources' },
  footer:
    'What this report calls unused was not used in the whole window by any source that tracks it. Unknown is never counted as unused.',
}

export type ReportWords = Omit<typeof en, 'lang'> & { readonly lang: string }
