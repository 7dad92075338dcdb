/** One account as the use cases get it: saved files, the embedded one, or a live one, each behind the same ports. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { AppContext } from '../app/context.ts'
import type { WorkspaceOptions } from '../app/options.ts'
import { createDataDirectory } from '../config/data-dir.ts'
import type { CalledActions } from '../evidence/called-actions.ts'
import { noHistory } from '../evidence/grant-history.ts'
import type { Clock } from '../ports/clock.ts'
import { InputFailure } from '../ports/input-failure.ts'
import { DEMO_FILE, DEMO_KEY, openDemoSandbox } from './demo-account.ts'

/** Between the halves of a change, on AWS: enforcement lags behind writes. */
const SETTLE_SECONDS = 60

type OpenAccount = Pick<
  AppContext,
  | 'mode'
  | 'accountKey'
  | 'accountLabel'
  | 'accounts'
  | 'evidence'
  | 'observations'
  | 'denials'
  | 'advice'
  | 'live'
  | 'writer'
  | 'caller'
  | 'settleMs'
> & { close(): void }

/** What an account is opened with besides the options. */
type Means = { readonly dataDir: string; readonly clock: Clock; readonly calledActions: CalledActions }

export function openAccount(options: WorkspaceOptions, means: Means): Promise<OpenAccount> {
  if (options.accountFile !== null) return openOffline(options.accountFile, options.usageFile, means)
  return options.demo ? openDemo(options, means) : openLive(options, means)
}

async function openOffline(accountFile: string, usageFile: string | null, { calledActions }: Means): Promise<OpenAccount> {
  const { readAccountFile } = await import('../aws/offline-account.ts')
  const { offlineObservations } = await import('../aws/offline-observations.ts')
  const { readUsageFile } = await import('../aws/offline-usage.ts')
  const noUsage = {
    byRole: new Map(),
    history: noHistory,
    sources: [{ id: 'last-accessed', status: 'missing', why: 'no --usage-file was given', observedUntil: null }],
  } as const
  return {
    mode: 'offline',
    accountKey: `file:${await hashOf(accountFile)}`,
    accountLabel: accountFile,
    accounts: { readAccount: () => readAccountFile(accountFile) },
    evidence: { readEvidence: async (account) => (usageFile === null ? noUsage : readUsageFile(usageFile, account, calledActions)) },
    observations: offlineObservations(usageFile),
    denials: null,
    advice: null,
    live: null,
    writer: null,
    caller: null,
    settleMs: 0,
    close() {},
  }
}

async function openDemo(options: WorkspaceOptions, means: Means): Promise<OpenAccount> {
  const { dataDir, clock } = means
  createDataDirectory(dataDir)
  const sandbox = await openDemoSandbox(join(dataDir, DEMO_FILE), clock)
  const { newestWrite } = sandbox
  if (newestWrite !== null && clock.now().getTime() < Date.parse(newestWrite)) {
    sandbox.close()
    throw new InputFailure({
      file: '--now',
      place: '',
      message: `the demo account was changed at ${newestWrite}: choose a later time, or renew it with: zt-tui demo reset`,
    })
  }
  const aws = {
    requestHandler: sandbox.requestHandler,
    credentials: { accessKeyId: 'AKIADEMODEMODEMODEMO', secretAccessKey: 'demo' },
    region: 'us-east-1',
  }
  const account = await openAws(options, aws, means)
  return {
    ...account,
    mode: 'demo',
    accountKey: DEMO_KEY,
    settleMs: (options.settle ?? 0) * 1000,
    close: () => [account.close(), sandbox.close()],
  }
}

async function openLive(options: WorkspaceOptions, means: Means): Promise<OpenAccount> {
  const { profile, region, endpointUrl } = options
  return openAws(options, { profile, region, endpointUrl }, means)
}

type AwsOptions = Parameters<typeof import('../aws/clients.ts')['createAwsClients']>[0]

async function openAws(options: WorkspaceOptions, aws: AwsOptions, { calledActions, clock }: Means): Promise<OpenAccount> {
  const [
    { createAwsClients },
    { createAccountReader },
    { createEvidenceReader },
    { createLiveReader },
    { createObservationReader },
    { createRoleWriter },
    { createDenialReader },
    { createAdviceReader },
  ] = await Promise.all([
    import('../aws/clients.ts'),
    import('../aws/account-reader.ts'),
    import('../aws/evidence-reader.ts'),
    import('../aws/live-reader.ts'),
    import('../aws/observation-reader.ts'),
    import('../aws/role-writer.ts'),
    import('../aws/denial-reader.ts'),
    import('../aws/advice-reader.ts'),
  ])
  const clients = createAwsClients(aws)
  const live = createLiveReader(clients)
  const caller = await live.caller()
  const endpoint = await clients.endpoint()
  const at = endpoint === null ? '' : `@${endpoint}`
  return {
    mode: 'live',
    accountKey: `live:${caller.partition}:${caller.accountId}${at}`,
    accountLabel: `${caller.accountId} · ${caller.arn.split('/').at(-1) ?? caller.arn}`,
    accounts: createAccountReader(clients),
    evidence: createEvidenceReader(clients, { calledActions, now: () => clock.now() }),
    observations: createObservationReader(clients, calledActions),
    advice: createAdviceReader(clients),
    denials: createDenialReader(clients, { partition: caller.partition, calledActions }),
    live,
    writer: options.readOnly ? null : createRoleWriter(clients),
    caller,
    settleMs: (options.settle ?? (isLoopback(endpoint) ? 0 : SETTLE_SECONDS)) * 1000,
    close: () => clients.destroy(),
  }
}

const isLoopback = (endpoint: string | null): boolean =>
  endpoint !== null && /^(127\.|localhost$|\[::1\]$)/.test(new URL(endpoint).hostname)

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(file), hash)
  } catch {
    // The reader of the file says what is wrong with it, in its own words.
  }
  return hash.digest('hex')
}
