import type { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer'
import type { IAMClient, IAMClientConfig } from '@aws-sdk/client-iam'
import type { STSClient } from '@aws-sdk/client-sts'

export type AwsOptions = {
  readonly profile?: string | null
  readonly region?: string | null
  readonly endpointUrl?: string | null
  /** Instead of the SDK's own search (environment, profile, SSO, container, instance). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
  /** Answers the SDK's HTTP requests in this process: an embedded account, a test. */
  readonly requestHandler?: NonNullable<IAMClientConfig['requestHandler']>
  readonly env?: Readonly<Record<string, string | undefined>>
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
  region(): Promise<string>
  /** The endpoint that stands in for AWS's own, where one is configured. */
  readonly endpoint: string | null
  /** One server answers for all regions: a custom endpoint or a request handler. */
  readonly isEmulated: boolean
  destroy(): void
}

/** IAM has one endpoint a partition; where nothing names a region, the commercial one is meant. */
const fallbackRegion = 'us-east-1'
const timeouts = { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true } as const

export function createAwsClients(options: AwsOptions = {}): AwsClients {
  const env = options.env ?? process.env
  const warn = (...parts: unknown[]): void => options.onWarning?.(parts.map(String).join(' '))
  const ignore = (): void => {}
  const shared = {
    ...(options.profile ? { profile: options.profile } : {}),
    ...(options.endpointUrl ? { endpoint: options.endpointUrl } : {}),
    ...(options.credentials ? { credentials: options.credentials } : {}),
    requestHandler: options.requestHandler ?? timeouts,
    logger: { trace: ignore, debug: ignore, info: ignore, warn, error: warn },
  }
  const made: { destroy(): void }[] = []
  const keep = <Client extends { destroy(): void }>(client: Client): Client => {
    made.push(client)
    return client
  }
  const endpoint = options.endpointUrl ?? env['AWS_ENDPOINT_URL_IAM'] ?? env['AWS_ENDPOINT_URL'] ?? null

  const region = once(async () => {
    const named = options.region || env['AWS_REGION'] || env['AWS_DEFAULT_REGION']
    if (named) return named
    const { IAMClient } = await import('@aws-sdk/client-iam')
    const probe = new IAMClient(shared)
    try {
      return await probe.config.region()
    } catch {
      return fallbackRegion
    } finally {
      probe.destroy()
    }
  })
  const iam = once(async () => {
    const { IAMClient } = await import('@aws-sdk/client-iam')
    return keep(new IAMClient({ ...shared, region: await region() }))
  })
  /** All clients take the credentials that the first one found: one sign-in, one session (last-accessed jobs are bound to it). */
  const signedIn = async () => ({ ...shared, region: await region(), credentials: (await iam()).config.credentials })

  const analyzers = new Map<string, Promise<AccessAnalyzerClient>>()
  const makeAnalyzer = async (name: string): Promise<AccessAnalyzerClient> => {
    const { AccessAnalyzerClient } = await import('@aws-sdk/client-accessanalyzer')
    return keep(new AccessAnalyzerClient({ ...(await signedIn()), region: name }))
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
    accessAnalyzer: async (name) => {
      const where = name ?? (await region())
      const client = analyzers.get(where) ?? makeAnalyzer(where)
      analyzers.set(where, client)
      return client
    },
    region,
    endpoint,
    isEmulated: endpoint !== null || options.requestHandler !== undefined,
    destroy: () => {
      for (const client of made.splice(0)) client.destroy()
    },
  }
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null
  return () => (made ??= make())
}
