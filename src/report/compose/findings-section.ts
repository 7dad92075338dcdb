import type { Observed } from '../../evidence/account-observations.ts'
import type { ReportInput } from '../report-input.ts'
import type { StatusReport } from '../status-report.ts'
import type { ReportWords } from '../words/report-words.ts'
import { dayCell, levelCell } from './cells.ts'
import { type Block, codes, firstCodes, heading, number, paragraph, type Section, share, tableOf, text } from './document.ts'

type Findings = StatusReport['findings']
type Source = Pick<Observed<unknown>, 'status' | 'why'>

const MANY = 12

export function findingsSection({ findings, settings }: StatusReport, words: ReportWords): Section {
  const sourceOf = (id: keyof ReportInput['observations']): Source =>
    settings.sources.find((source) => source.id === id) ?? { status: 'missing', why: '' }
  return {
    id: 'findings',
    title: words.sections.findings,
    blocks: [
      ...overPermissive(findings, words),
      ...zombies(findings, words),
      ...externalAccess(findings, sourceOf('externalAccess'), words),
      ...unusedRoles(findings, words),
      ...users(findings, sourceOf('credentials'), words),
      ...policies(findings, words),
    ],
  }
}

/** An empty list means something only when its source spoke. */
const orNone = (blocks: readonly Block[], isEmpty: boolean, words: ReportWords, source: Source | null = null): readonly Block[] => [
  ...(source === null || source.status === 'connected'
    ? []
    : [paragraph(`${source.status === 'missing' ? words.notConnected : words.partly}: ${source.why}`)]),
  ...(isEmpty ? (source?.status === 'missing' ? [] : [paragraph(words.none)]) : blocks),
]

function overPermissive({ overPermissive: found }: Findings, words: ReportWords): readonly Block[] {
  const { columns } = words
  const table = tableOf(
    [
      { title: columns.role, cell: ({ roleName }) => text({ code: roleName }) },
      { title: columns.policies, cell: (role) => text(...firstCodes(role.policies, 4, words.more)) },
      { title: columns.unused, numeric: true, cell: ({ unusedPercent }) => share(unusedPercent) },
      { title: columns.grade, cell: ({ grade }) => levelCell(words, grade) },
      { title: columns.score, numeric: true, cell: ({ riskScore }) => number(riskScore) },
      { title: columns.topRisk, cell: ({ topRisk, topRiskId }) => text(words.dangers[topRiskId ?? ''] ?? topRisk ?? '') },
      { title: columns.guards, cell: ({ guards }) => text(...codes(guards)) },
    ],
    found,
  )
  return [
    heading(words.findings.overPermissive, found.length),
    paragraph(words.findings.overPermissiveMeans),
    ...orNone([table], found.length === 0, words),
  ]
}

function zombies({ zombies: found }: Findings, words: ReportWords): readonly Block[] {
  const { columns } = words
  const table = tableOf(
    [
      { title: columns.role, cell: ({ roleName }) => text({ code: roleName }) },
      { title: columns.actions, cell: ({ actions }) => text(...codes(actions)) },
      { title: columns.lastUsed, cell: ({ lastUsed }) => dayCell(words, lastUsed) },
      { title: columns.impact, cell: ({ impacts }) => text(impacts.map((id) => words.impacts[id]).join('; ')) },
    ],
    found,
  )
  const count = found.reduce((sum, { actions }) => sum + actions.length, 0)
  return [heading(words.findings.zombies, count), paragraph(words.findings.zombiesMeans), ...orNone([table], count === 0, words)]
}

function externalAccess({ externalAccess: found }: Findings, source: Source, words: ReportWords): readonly Block[] {
  const { columns } = words
  const table = tableOf(
    [
      { title: columns.resourceType, cell: ({ resourceType }) => text({ code: resourceType.replace(/^AWS::/, '') }) },
      { title: columns.resource, cell: ({ resource }) => text({ code: resource }) },
      { title: columns.risk, cell: ({ risk }) => text(words.externalRisks[risk]) },
      { title: columns.action, cell: ({ urgency }) => text(words.urgencies[urgency]) },
      { title: columns.who, cell: ({ principals }) => text(...firstCodes(principals, 3, words.more)) },
    ],
    found,
  )
  return [
    heading(words.findings.externalAccess, source.status === 'missing' ? null : found.length),
    ...orNone([table], found.length === 0, words, source),
  ]
}

function unusedRoles({ unusedRoles: found }: Findings, words: ReportWords): readonly Block[] {
  const { columns } = words
  const table = tableOf(
    [
      { title: columns.role, cell: ({ roleName }) => text({ code: roleName }) },
      { title: columns.score, numeric: true, cell: ({ riskScore }) => number(riskScore) },
      { title: columns.lastUsed, cell: ({ lastUsed }) => dayCell(words, lastUsed) },
      { title: columns.idleDays, numeric: true, cell: ({ idleDays }) => number(idleDays) },
      { title: columns.advice, cell: ({ advice }) => text(words.unusedAdvice[advice]) },
    ],
    found,
  )
  return [heading(words.findings.unusedRoles, found.length), ...orNone([table], found.length === 0, words)]
}

function users({ usersWithoutMfa, unusedPasswords, unusedAccessKeys, rootAccessKeys }: Findings, source: Source, words: ReportWords) {
  const { columns } = words
  const idle = [...unusedPasswords, ...unusedAccessKeys]
  const idleTable = tableOf(
    [
      { title: columns.user, cell: ({ userName }) => text({ code: userName }) },
      {
        title: columns.credential,
        cell: ({ kind, slot, accessKeyId }) =>
          text(kind === 'password' ? words.credentialKinds.password : words.credentialKinds[kind](slot, accessKeyId)),
      },
      { title: columns.lastUsed, cell: ({ lastUsed }) => dayCell(words, lastUsed) },
      { title: columns.age, numeric: true, cell: ({ ageDays }) => number(ageDays) },
    ],
    idle,
  )
  const withoutMfa: Block[] =
    usersWithoutMfa.length === 0
      ? [paragraph(words.none)]
      : [
          paragraph(
            ...firstCodes(
              usersWithoutMfa.map(({ userName }) => userName),
              60,
              words.more,
            ),
          ),
        ]
  if (source.status === 'missing') return [heading(words.findings.users), ...orNone([], true, words, source)]
  return [
    heading(words.findings.withoutMfa, usersWithoutMfa.length),
    ...orNone(withoutMfa, false, words, source),
    ...(rootAccessKeys === 0 ? [] : [paragraph(words.findings.rootKeys(rootAccessKeys))]),
    heading(words.findings.idleCredentials, idle.length),
    ...orNone([idleTable], idle.length === 0, words),
  ]
}

function policies({ sharedPolicies, unattachedPolicies }: Findings, words: ReportWords): readonly Block[] {
  const { columns } = words
  const shared = tableOf(
    [
      { title: columns.policy, cell: ({ policyName }) => text({ code: policyName }) },
      { title: columns.sharedBy, numeric: true, cell: ({ roles }) => number(roles.length) },
      { title: columns.granted, numeric: true, cell: ({ grantedActions }) => number(grantedActions) },
      { title: columns.wide, cell: ({ isWide }) => text(isWide ? words.yes : words.no) },
      { title: columns.unusedByAll, cell: ({ unusedByAll }) => text(...firstCodes(unusedByAll, MANY, words.more)) },
    ],
    sharedPolicies,
  )
  const unattached = paragraph(
    ...firstCodes(
      unattachedPolicies.map(({ policyName }) => policyName),
      60,
      words.more,
    ),
  )
  return [
    heading(words.findings.sharedPolicies, sharedPolicies.length),
    ...orNone([shared], sharedPolicies.length === 0, words),
    heading(words.findings.unattached, unattachedPolicies.length),
    ...orNone([unattached], unattachedPolicies.length === 0, words),
  ]
}
