import { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer'
import { IAMClient } from '@aws-sdk/client-iam'
import { STSClient } from '@aws-sdk/client-sts'
import { openSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts'

export const EPOCH = new Date('2026-11-02T09:00:00Z')

/** A sandbox in memory with the real SDK clients in front of it. `clock.at` moves its time. */
export function sandboxClients(options: Partial<SandboxOptions> = {}) {
  const clock = { at: EPOCH }
  const sandbox = openSandbox({ database: ':memory:', now: () => clock.at, ...options })
  return { sandbox, clock, ...clientsOf(sandbox) }
}

export function clientsOf(sandbox: Sandbox) {
  const config = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    requestHandler: sandbox.requestHandler,
    maxAttempts: 1,
  }
  return { iam: new IAMClient(config), analyzer: new AccessAnalyzerClient(config), sts: new STSClient(config) }
}
