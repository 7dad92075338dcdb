import type { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer'
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import type { IAMClient, IAMClientConfig } from '@aws-sdk/client-iam'
import type { STSClient } from '@aws-sdk/client-sts'
import { findEndpoint, findRegion } from './configured-place.ts'

export type AwsOptions = {
  readonly profile?: string | null
  readonly region?: string | null
  readonly endpointUrl?: string | null
  /** Instead of the SDK's own search (environment, profile, SSO, container, instance). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
  /** Answers the SDK's HTTP requests in this process: an embedded account, a test. */
  readonly requestHandler?: NonNullable<IAMClientConfig['requestHandler']>
  /** The SDK's warnings, which must not reach a terminal that is drawn on. */
  readonly onWarning?: (text: string) => void
}

/** The SDK's clients, each imported and made when it is first asked for, over one set of credentials. */
export type AwsClients = {
  iam(): Promise<IAMClient>
  /** Without the SDK's retries: it would repeat a write whose outcome is unknown, and retries quota errors. */
  iamWriter(): Promise<IAMClient>
  sts(): Promise<STSClient>
  /** In the configured region where none is named. */
  accessAnalyzer(region?: string): Promise<AccessAnalyzerClient>
  /** In the configured region where none is named. */
  cloudTrail(region?: string): Promise<CloudTrailClient>
  /** In the configured region where none is named. */
  logs(region?: string): Promise<CloudWatchLogsClient>
  region(): Promise<string>
  /** The endpoint that stands in for AWS's own; null for AWS itself. */
  endpoint(): Promise<string | null>
  /** One server answers for all regions: a custom endpoint or a request handler. */
  isEmulated(): Promise<boolean>
  destroy(): void
}

const timeouts = { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true } as const

export function createAwsClients(options: AwsOptions = {}): AwsClients {
  // Some settings (`endpoint_url`, `retry_mode`) the SDK takes from the profile of the environment only.
  if (options.profile) process.env.AWS_PROFILE = options.profile
  const ignore = (): void => {}
  // Failed calls come here too, as objects with their inputs: those arrive as `AwsFailure` and are nobody's to print.
  const warn = (text: unknown): void => (typeof text === 'string' ? options.onWarning?.(text) : undefined)
  const logger = { trace: ignore, debug: ignore, info: ignore, warn, error: ignore }
  const shared = {
    ...(options.profile ? { profile: options.profile } : {}),
    ...(options.endpointUrl ? { endpoint: options.endpointUrl } : {}),
    requestHandler: options.requestHandler ?? timeouts,
    logger,
  }
  const made: { destroy(): void }[] = []
  const keep = <Client extends { destroy(): void }>(client: Client): Client => {
    made.push(client)
    return client
  }
  const region = once(async () => options.region || findRegion(shared))
  const endpoint = once(async () => findEndpoint(shared, await region()))
  const iam = once(async () => {
    const { IAMClient } = await import('@aws-sdk/client-iam')
    const credentials = options.credentials ?? (await import('./credentials.ts')).findCredentials(options.profile || null, logger)
    return keep(new IAMClient({ ...shared, region: await region(), credentials }))
  })
  /** All clients take the credentials that the first one found: one sign-in, one session (last-accessed jobs are bound to it). */
  const signedIn = async () => ({ ...shared, region: await region(), credentials: (await iam()).config.credentials })

  /** One client a region, made when it is first asked for. */
  const byRegion = <Client>(make: (region: string) => Promise<Client>): ((region?: string) => Promise<Client>) => {
    const clients = new Map<string, Promise<Client>>()
    return async (name) => {
      const where = name ?? (await region())
      const client = clients.get(where) ?? make(where)
      clients.set(where, client)
      return client
    }
  }

  return {
    iam,
    iamWriter: once(async () => {
      const { IAMClient } = await import('@aws-sdk/client-iam')
      return keep(new IAMClient({ ...(await signedIn()), maxAttempts: 1 }))
    }),
    sts: once(async () => {
      const { STSClient } = await import('@aws-sdk/client-sts')
      return keep(new STSClient(await signedIn()))
    }),
    accessAnalyzer: byRegion(async (name) => {
      const { AccessAnalyzerClient } = await import('@aws-sdk/client-accessanalyzer')
      return keep(new AccessAnalyzerClient({ ...(await signedIn()), region: name }))
    }),
    cloudTrail: byRegion(async (name) => {
      const { CloudTrailClient } = await import('@aws-sdk/client-cloudtrail')
      return keep(new CloudTrailClient({ ...(await signedIn()), region: name }))
    }),
    logs: byRegion(async (name) => {
      const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs')
      return keep(new CloudWatchLogsClient({ ...(await signedIn()), region: name }))
    }),
    region,
    endpoint,
    isEmulated: async () => options.requestHandler !== undefined || (await endpoint()) !== null,
    destroy: () => {
      for (const client of made.splice(0)) client.destroy()
    },
  }
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null
  return () => (made ??= make())
}
