/**
 * What could go wrong when a forgotten permission is used after all, by mistake or by somebody else. The first row that an
 * action meets tells; an action that meets none has no high impact. `iam:CreateServiceLinkedRole` makes only roles that AWS
 * owns, so it is none.
 */
import type { AccessLevel } from '../../policy/access-level.ts'
import { serviceOf } from '../../policy/names.ts'
import type { Universe } from '../../policy/universe.ts'

export type ImpactId = 'escalation' | 'blindness' | 'exposure' | 'keys' | 'backups' | 'resources'

type ActionFacts = { readonly service: string; readonly verb: string; readonly level: AccessLevel | null }
type ImpactRow = { readonly id: ImpactId; applies(action: ActionFacts): boolean }

const destroys = ({ verb, level }: ActionFacts): boolean =>
  level === 'Write' && /^(Batch)?(Delete|Terminate|Purge|Destroy)|Deletion$/.test(verb)

const WATCHERS = new Set(['cloudtrail', 'config', 'guardduty', 'access-analyzer', 'securityhub', 'inspector2', 'macie2'])
const IAM_WRITES: ReadonlySet<AccessLevel | null> = new Set<AccessLevel | null>(['Permissions management', 'Write'])

const impacts: readonly ImpactRow[] = [
  {
    id: 'escalation',
    applies: ({ service, verb, level }) => service === 'iam' && IAM_WRITES.has(level) && verb !== 'CreateServiceLinkedRole',
  },
  {
    id: 'blindness',
    applies: (action) =>
      (WATCHERS.has(action.service) && (destroys(action) || /^(Stop|Disable)/.test(action.verb))) ||
      (action.service === 'logs' && action.verb === 'DeleteLogGroup'),
  },
  { id: 'exposure', applies: ({ service, level }) => service !== 'iam' && level === 'Permissions management' },
  { id: 'keys', applies: (action) => /^(kms|secretsmanager|acm|acm-pca|cloudhsm)$/.test(action.service) && destroys(action) },
  { id: 'backups', applies: (action) => destroys(action) && (action.service === 'backup' || /Snapshot|Backup|Recovery/.test(action.verb)) },
  { id: 'resources', applies: destroys },
]

/** Null for an action without high impact. */
export function impactOf(universe: Universe, index: number): ImpactId | null {
  const name = universe.names[index] ?? ''
  const facts = {
    service: serviceOf(name),
    verb: name.slice(name.indexOf(':') + 1),
    level: universe.catalogAction(index)?.level ?? null,
  }
  return impacts.find(({ applies }) => applies(facts))?.id ?? null
}

/** Gravest first. */
export const impactIds: readonly ImpactId[] = impacts.map(({ id }) => id)
