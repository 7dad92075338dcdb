import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers'

type Chain = ReturnType<typeof fromNodeProviderChain>
type Logger = NonNullable<NonNullable<Parameters<typeof fromNodeProviderChain>[0]>['logger']>

/** An instance's metadata service answers within a few ms; where there is none, three questions wait for nobody. */
const metadataTimeout = 400

/**
 * A profile that is asked for by name is the only source: falling through to an instance's role would be another account.
 * Otherwise the SDK's own search: environment, AWS_PROFILE, SSO, process, web identity, container, instance. It waits less
 * for the last one, so that a machine without credentials hears about it in a second; `AWS_EC2_METADATA_DISABLED=true`
 * saves that too.
 */
export function findCredentials(profile: string | null, logger: Logger): Chain {
  if (profile !== null) return fromIni({ profile, logger })
  const inContainer = process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI
  return fromNodeProviderChain({ logger, ...(inContainer ? {} : { timeout: metadataTimeout, maxRetries: 0 }) })
}
