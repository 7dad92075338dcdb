import type { IAMClientConfig } from '@aws-sdk/client-iam'

type Shared = Pick<IAMClientConfig, 'profile' | 'endpoint' | 'logger'>

/** IAM has one endpoint a partition; where nothing names a region, the commercial one is meant. */
const fallbackRegion = 'us-east-1'

const awsHosts =
  /(?:^|\.)(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|api\.aws|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/

/** The region that the environment or the profile names. */
export async function findRegion(shared: Shared): Promise<string> {
  const named = process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION
  if (named) return named
  const { IAMClient } = await import('@aws-sdk/client-iam')
  const client = new IAMClient(shared)
  try {
    return await client.config.region()
  } catch {
    return fallbackRegion
  } finally {
    client.destroy()
  }
}

/**
 * The endpoint that stands in for IAM's own; null for AWS itself. It may come from an option, two environment variables or
 * two places in the profile, so the SDK is asked where it would send a request.
 */
export async function findEndpoint(shared: Shared, region: string): Promise<string | null> {
  const { IAMClient, GetAccountSummaryCommand } = await import('@aws-sdk/client-iam')
  let seen: Target | null = null
  const requestHandler = {
    handle: (request: Target): never => {
      seen = request
      throw new Error('not sent')
    },
  }
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' }
  const client = new IAMClient({ ...shared, region, credentials, requestHandler, maxAttempts: 1 })
  await client.send(new GetAccountSummaryCommand({})).catch(() => {})
  client.destroy()
  return describeTarget(seen)
}

type Target = { readonly protocol: string; readonly hostname: string; readonly port?: number; readonly path: string }

function describeTarget(target: Target | null): string | null {
  if (target === null || awsHosts.test(target.hostname)) return null
  const { protocol, hostname, port, path } = target
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path.replace(/\/+$/, '')}`
}
