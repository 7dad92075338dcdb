import type { ExternalAccess } from '../evidence/account-observations.ts'
import type { FindingPage } from './usage-schema.ts'

/** All pages of one `GetFindingV2`; null where the finding is not about access from outside, or is over. */
export function parseExternalAccess(pages: readonly FindingPage[], isComplete: boolean): ExternalAccess | null {
  const first = pages[0]
  const details = pages
    .flatMap((page) => page.findingDetails ?? [])
    .flatMap(({ externalAccessDetails }) =>
      externalAccessDetails && Object.keys(externalAccessDetails).length > 0 ? externalAccessDetails : [],
    )
  if (first === undefined || (first.findingType ? first.findingType !== 'ExternalAccess' : details.length === 0)) return null
  if (first.status && first.status !== 'ACTIVE') return null
  return {
    id: first.id ?? '',
    resourceType: first.resourceType ?? '',
    resource: first.resource ?? '',
    isPublic: details.some(({ isPublic }) => isPublic === true),
    principals: [...new Set(details.flatMap(({ principal }) => Object.values(principal ?? {})))],
    actions: [...new Set(details.flatMap(({ action }) => action ?? []))],
    isConditional: details.length > 0 && details.every(({ condition }) => Object.keys(condition ?? {}).length > 0),
    updatedAt: first.updatedAt,
    complete: isComplete && details.length > 0 && !pages.at(-1)?.nextToken && !pages.some((page) => page.error),
  }
}
