import type { Trail } from '@aws-sdk/client-cloudtrail'
import type { Observed, TrailSetting } from '../evidence/account-observations.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import { mapBounded } from './bounded.ts'
import type { AwsClients } from './clients.ts'
import { countText } from './count-text.ts'
import { callAws } from './failure.ts'
import { present } from './read-pages.ts'
import { sending } from './sdk-values.ts'

const concurrency = 4

/** The trails that record this Region: what they keep, and where. A setting that may not be read is null. */
export async function readTrailSettings(clients: AwsClients, signal?: AbortSignal): Promise<Observed<readonly TrailSetting[]>> {
  const client = await clients.cloudTrail()
  const { DescribeTrailsCommand } = await import('@aws-sdk/client-cloudtrail')
  const answer = await callAws('DescribeTrails', 'read', () => client.send(new DescribeTrailsCommand({}), sending(signal)))
  const trails = present('DescribeTrails', answer.trailList)
  const value = await mapBounded(trails, concurrency, (trail) => readTrail(clients, trail, signal))
  return { status: 'connected', why: countText(value.length, 'trail'), observedUntil: null, value }
}

async function readTrail(clients: AwsClients, trail: Trail, signal?: AbortSignal): Promise<TrailSetting> {
  const name = trail.TrailARN ?? trail.Name ?? ''
  const client = await clients.cloudTrail(trail.HomeRegion)
  const { GetEventSelectorsCommand, GetInsightSelectorsCommand, GetTrailStatusCommand } = await import('@aws-sdk/client-cloudtrail')
  const status = await orNull('GetTrailStatus', () => client.send(new GetTrailStatusCommand({ Name: name }), sending(signal)))
  const selectors = await orNull('GetEventSelectors', () => client.send(new GetEventSelectorsCommand({ TrailName: name }), sending(signal)))
  const insights =
    trail.HasInsightSelectors === false
      ? { InsightSelectors: [] }
      : await orNull('GetInsightSelectors', () => client.send(new GetInsightSelectorsCommand({ TrailName: name }), sending(signal)))
  const classic = (selectors?.EventSelectors ?? []).flatMap(({ DataResources }) => DataResources ?? []).flatMap(({ Type }) => Type ?? [])
  const advanced = (selectors?.AdvancedEventSelectors ?? []).flatMap(({ FieldSelectors }) =>
    (FieldSelectors ?? []).filter(({ Field }) => Field === 'resources.type').flatMap(({ Equals }) => Equals ?? []),
  )
  return {
    name: trail.Name ?? name,
    isLogging: status?.IsLogging ?? null,
    isMultiRegion: trail.IsMultiRegionTrail === true,
    storedIn: trail.S3BucketName === undefined ? null : `s3://${trail.S3BucketName}/${trail.S3KeyPrefix ? `${trail.S3KeyPrefix}/` : ''}`,
    dataEvents: selectors === null ? null : [...new Set([...classic, ...advanced])].sort(),
    hasInsights: insights === null ? null : (insights.InsightSelectors ?? []).length > 0,
  }
}

async function orNull<Answer>(operation: string, run: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await callAws(operation, 'read', run)
  } catch (error) {
    if (error instanceof AwsFailure && error.kind !== 'cancelled') return null
    throw error
  }
}
