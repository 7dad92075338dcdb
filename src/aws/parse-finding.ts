import type { UnusedAccessFinding } from '../evidence/evidence.ts'
import type { Arn, Iso } from '../policy/names.ts'
import { later, mergeServices, type ReadActionUse } from './service-uses.ts'
import type { FindingPage } from './usage-schema.ts'

/** What the pages of a finding do not say themselves. */
export type FindingContext = {
  readonly roleArn: Arn
  readonly analyzerArn: Arn | null
  readonly unusedAccessAge: number | null
  /** Stands in for `analyzedAt` where the user says until when the source observed. */
  readonly observedUntil: Iso | null
  /** False when a page could not be read. */
  readonly complete: boolean
  readonly readUse: ReadActionUse
}

/** All pages of one `GetFindingV2`. Null where the finding is not about unused access of a role. */
export function parseFinding(pages: readonly FindingPage[], context: FindingContext): UnusedAccessFinding | null {
  const first = pages[0]
  if (first === undefined) return null
  const details = pages.flatMap((page) => page.findingDetails ?? [])
  const findingType = typeOf(first, details)
  if (findingType === null) return null
  const services = details.flatMap(({ unusedPermissionDetails: service }) => {
    if (!service) return []
    const { serviceNamespace, lastAccessed } = service
    const actions = service.actions?.map((use) => context.readUse(serviceNamespace, use.action, use.lastAccessed)) ?? null
    return { service: serviceNamespace, lastAccessed, actions }
  })
  return {
    id: first.id ?? '',
    analyzerArn: context.analyzerArn,
    roleArn: context.roleArn,
    findingType,
    status: statusOf(first.status),
    analyzedAt: context.observedUntil ?? first.analyzedAt,
    updatedAt: first.updatedAt,
    unusedAccessAge: context.unusedAccessAge,
    complete: context.complete && !pages.at(-1)?.nextToken && !pages.some((page) => page.error),
    services: findingType === 'UnusedPermission' ? mergeServices(services) : [],
    lastAccessed: details.reduce<Iso | null>((latest, detail) => later(latest, detail.unusedIamRoleDetails?.lastAccessed ?? null), null),
  }
}

function typeOf(page: FindingPage, details: NonNullable<FindingPage['findingDetails']>): UnusedAccessFinding['findingType'] | null {
  if (page.findingType === 'UnusedPermission' || page.findingType === 'UnusedIAMRole') return page.findingType
  if (page.findingType) return null
  if (details.some((detail) => detail.unusedPermissionDetails)) return 'UnusedPermission'
  return details.some((detail) => detail.unusedIamRoleDetails) ? 'UnusedIAMRole' : null
}

/** A status that we do not know proves nothing, so it counts as resolved. */
function statusOf(status: string | null | undefined): UnusedAccessFinding['status'] {
  if (status === 'ACTIVE' || status === 'ARCHIVED') return status
  return status ? 'RESOLVED' : 'ACTIVE'
}
