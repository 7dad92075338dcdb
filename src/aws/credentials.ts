import { fromNodeProviderChain } from '@aws-sdk/credential-providers'

type Chain = ReturnType<typeof fromNodeProviderChain>
type Logger = NonNullable<NonNullable<Parameters<typeof fromNodeProviderChain>[0]>['logger']>

/** An instance's metadata service answers within a few ms; where there is none, three questions wait for nobody. */
const metadataTimeout = 400

/**
 * The SDK's own search: environment, profile, SSO, process, web identity, container, instance. It waits less for the last
 * one, so that a machine without credentials hears about it in a second; `AWS_EC2_METADATA_DISABLED=true` saves that too.
 */
export function findCredentials(profile: string | null, logger: Logger): Chain {
  const inContainer = process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI
  return fromNodeProviderChain({
    logger,
    ...(profile === null ? {} : { profile }),
    ...(inContainer ? {} : { timeout: metadataTimeout, maxRetries: 0 }),
  })
}
