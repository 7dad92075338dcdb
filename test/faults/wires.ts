import type { AppContext } from '../../src/app/context.ts'
import { createAccountReader } from '../../src/aws/account-reader.ts'
import { createAdviceReader } from '../../src/aws/advice-reader.ts'
import { createAwsClients } from '../../src/aws/clients.ts'
import { createDenialReader } from '../../src/aws/denial-reader.ts'
import { createEvidenceReader } from '../../src/aws/evidence-reader.ts'
import { createLiveReader } from '../../src/aws/live-reader.ts'
import { createObservationReader } from '../../src/aws/observation-reader.ts'
import { createRoleWriter } from '../../src/aws/role-writer.ts'
import type { LiveReader, RoleWriter } from '../../src/ports/aws.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'

type Handler = Sandbox['requestHandler']

/**
 * The SDK's clients with the program's readers and its writer over them, and a plug for the account that is to answer. To make
 * them anew takes longer than a case of the fault matrix, so many labs, one after the other, share one set.
 */
export type Wires = Pick<AppContext, 'accounts' | 'evidence' | 'observations' | 'denials' | 'advice'> & {
  readonly live: LiveReader
  readonly writer: RoleWriter
  plug(account: Handler['handle'], now: () => Date): void
  close(): void
}

const nobody: Handler['handle'] = async () => {
  throw new Error('no account is plugged in')
}

export function openWires(): Wires {
  let account = nobody
  let now = (): Date => new Date(0)
  const requestHandler: Handler = {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: (request, options) => account(request, options),
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  }
  const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }
  const clients = createAwsClients({ requestHandler, credentials, region: 'us-east-1' })
  return {
    live: createLiveReader(clients),
    writer: createRoleWriter(clients),
    accounts: createAccountReader(clients),
    evidence: createEvidenceReader(clients, { now: () => now() }),
    observations: createObservationReader(clients),
    advice: createAdviceReader(clients),
    denials: createDenialReader(clients, { partition: 'aws', calledActions: () => [] }),
    plug(nextAccount, nextNow) {
      account = nextAccount
      now = nextNow
    },
    close: () => clients.destroy(),
  }
}
