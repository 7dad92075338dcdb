import { z } from 'zod'
import { parseDate } from '../account/parse-date.ts'

/**
 * What AWS says about use, from the SDK and from saved AWS CLI output alike. Unlike elsewhere a date that cannot be read is
 * an error here: taken for absent it would say "never used".
 */
const text = z.string().nullish()
const list = <Item extends z.ZodType>(item: Item) => z.array(item).nullish()

export const instant = z
  .union([z.string(), z.number(), z.date()], { error: 'expected a date' })
  .nullish()
  .transform((source, context) => {
    const { date, invalid } = parseDate(source)
    if (invalid) context.addIssue({ code: 'custom', message: 'expected a date' })
    return date
  })

const usedAction = z.object({ action: z.string(), lastAccessed: instant })
export const findingDetail = z.object({
  unusedPermissionDetails: z.object({ serviceNamespace: z.string(), actions: list(usedAction), lastAccessed: instant }).nullish(),
  unusedIamRoleDetails: z.object({ lastAccessed: instant }).nullish(),
  unusedIamUserAccessKeyDetails: z.object({ accessKeyId: text, lastAccessed: instant }).nullish(),
  unusedIamUserPasswordDetails: z.object({ lastAccessed: instant }).nullish(),
  externalAccessDetails: z
    .object({
      action: list(z.string()),
      principal: z.record(z.string(), z.string()).nullish(),
      condition: z.record(z.string(), z.string()).nullish(),
      isPublic: z.boolean().nullish(),
    })
    .nullish()
    // It decides nothing about roles: what cannot be read is shown as not readable.
    .catch({}),
})

/** One page of `GetFindingV2`. */
export const findingPage = z.object({
  id: text,
  resource: text,
  resourceType: text,
  status: text,
  findingType: text,
  analyzedAt: instant,
  updatedAt: instant,
  error: text,
  nextToken: text,
  findingDetails: list(findingDetail),
})

const analyzer = z.object({
  arn: text,
  type: text,
  configuration: z.object({ unusedAccess: z.object({ unusedAccessAge: z.number().nullish() }).nullish() }).nullish(),
})

/** `GetAnalyzer` wraps the analyzer, `ListAnalyzers` does not. */
export const analyzerAnswer = z.object({ analyzer: analyzer.nullish(), ...analyzer.shape })

const trackedAction = z.object({ ActionName: z.string(), LastAccessedTime: instant })
const service = z.object({ ServiceNamespace: z.string(), LastAuthenticated: instant, TrackedActionsLastAccessed: list(trackedAction) })

/** One page of `GetServiceLastAccessedDetails`. */
export const lastAccessedPage = z.object({
  JobStatus: text,
  JobCompletionDate: instant,
  IsTruncated: z.boolean().nullish(),
  ServicesLastAccessed: list(service),
  Error: z.object({ Code: text, Message: text }).nullish(),
})

export type FindingPage = z.infer<typeof findingPage>
export type AnalyzerAnswer = z.infer<typeof analyzer>
export type LastAccessedPage = z.infer<typeof lastAccessedPage>
