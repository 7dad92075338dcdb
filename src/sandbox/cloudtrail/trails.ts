import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { epochSeconds, type JsonOperations } from '../protocol/json-rpc.ts'
import type { JsonParams } from '../protocol/rest-json.ts'

const HOME = 'us-east-1'

/** The account's one trail: all Regions, data events of S3 and Lambda, Insights on. */
const trail = {
  Name: 'management-events-trail',
  S3BucketName: 'audit-logs-bucket',
  S3KeyPrefix: 'cloudtrail',
  IncludeGlobalServiceEvents: true,
  IsMultiRegionTrail: true,
  HomeRegion: HOME,
  LogFileValidationEnabled: true,
  HasCustomEventSelectors: true,
  HasInsightSelectors: true,
  IsOrganizationTrail: false,
}

export const TRAIL_LOG_GROUP = 'aws-cloudtrail-logs-management'

export const trailOperations: JsonOperations = {
  DescribeTrails: {
    effect: 'read',
    run({ trailNameList }, context) {
      const wanted: unknown = trailNameList ?? []
      const all = !Array.isArray(wanted) || wanted.length === 0
      return { trailList: all || wanted.some((name) => isTrail(name, context)) ? [described(context)] : [] }
    },
  },
  ListTrails: {
    effect: 'read',
    run: (_params, context) => ({ Trails: [{ TrailARN: trailArn(context), Name: trail.Name, HomeRegion: HOME }] }),
  },
  GetTrail: {
    effect: 'read',
    run(params, context) {
      refuseOthers(params, 'Name', context)
      return { Trail: described(context) }
    },
  },
  GetTrailStatus: {
    effect: 'read',
    run(params, context) {
      refuseOthers(params, 'Name', context)
      const delivered = Math.floor(epochSeconds(context.now) / 300) * 300
      return {
        IsLogging: true,
        LatestDeliveryTime: delivered,
        StartLoggingTime: delivered - 700 * 86_400,
        LatestDigestDeliveryTime: delivered,
      }
    },
  },
  GetEventSelectors: {
    effect: 'read',
    run(params, context) {
      refuseOthers(params, 'TrailName', context)
      return {
        TrailARN: trailArn(context),
        EventSelectors: [
          {
            ReadWriteType: 'All',
            IncludeManagementEvents: true,
            DataResources: [
              { Type: 'AWS::S3::Object', Values: [`arn:${context.partition}:s3`] },
              { Type: 'AWS::Lambda::Function', Values: [`arn:${context.partition}:lambda`] },
            ],
            ExcludeManagementEventSources: [],
          },
        ],
      }
    },
  },
  GetInsightSelectors: {
    effect: 'read',
    run(params, context) {
      refuseOthers(params, 'TrailName', context)
      return {
        TrailARN: trailArn(context),
        InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }, { InsightType: 'ApiErrorRateInsight' }],
      }
    },
  },
}

function described(context: CallContext) {
  const { partition, accountId } = context
  const logs = `arn:${partition}:logs:${HOME}:${accountId}:log-group:${TRAIL_LOG_GROUP}:*`
  return { ...trail, TrailARN: trailArn(context), CloudWatchLogsLogGroupArn: logs }
}

export function trailArn({ partition, accountId }: CallContext): string {
  return `arn:${partition}:cloudtrail:${HOME}:${accountId}:trail/${trail.Name}`
}

function isTrail(name: unknown, context: CallContext): boolean {
  return name === trail.Name || name === trailArn(context)
}

function refuseOthers(params: JsonParams, parameter: string, context: CallContext): void {
  const name = params[parameter]
  if (!isTrail(name, context))
    throw new AwsError('TrailNotFoundException', 404, `Unknown trail: ${String(name)} for the user: ${context.accountId}`)
}
