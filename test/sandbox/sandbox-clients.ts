import { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer'
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts'
import { onTestFinished } from 'vitest'
import { openSandbox, type Sandbox, type SandboxFixture, type SandboxOptions } from '../../src/sandbox/index.ts'

export const EPOCH = new Date('2026-11-02T09:00:00Z')

export const ACCOUNT_ID = '123456789012'

export const EC2_TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})

export function allowText(...actions: readonly string[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] })
}

export const awsPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`

export const ownPolicy = (name: string): string => `arn:aws:iam::${ACCOUNT_ID}:policy/${name}`

/** A sandbox in memory with the real SDK clients in front of it. `clock.at` moves its time. */
export function sandboxClients(options: Partial<SandboxOptions> = {}) {
  const clock = { at: EPOCH }
  const sandbox = openSandbox({ database: ':memory:', now: () => clock.at, ...options })
  const clients = clientsOf(sandbox)
  onTestFinished(() => {
    for (const client of Object.values(clients)) client.destroy()
    sandbox.close()
  })
  return { sandbox, clock, ...clients }
}

/** The same with one role, `app`, and whatever else a test declares. */
export function oneRole(role: Partial<NonNullable<SandboxFixture['roles']>[number]> = {}, rest: Omit<SandboxFixture, 'roles'> = {}) {
  return sandboxClients({ fixture: { ...rest, roles: [{ name: 'app', ...role }] } })
}

export type ClientCredentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }

const ANYBODY: ClientCredentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' }

export function clientsOf(sandbox: Sandbox, region = 'us-east-1', credentials = ANYBODY) {
  const config = {
    region,
    credentials,
    requestHandler: sandbox.requestHandler,
    maxAttempts: 1,
  }
  return {
    iam: new IAMClient(config),
    analyzer: new AccessAnalyzerClient(config),
    sts: new STSClient(config),
    trail: new CloudTrailClient(config),
  }
}

/** Clients of a session of a role. */
export async function assumed(sandbox: Sandbox, role: string, extra: Partial<AssumeRoleCommandInput> = {}) {
  const RoleArn = `arn:aws:iam::${ACCOUNT_ID}:role/${role}`
  const { Credentials } = await clientsOf(sandbox).sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'work', ...extra }))
  return clientsOf(sandbox, 'us-east-1', {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  })
}

/** A trust policy that leaves the role to the account. */
export const ACCOUNT_TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` }, Action: 'sts:AssumeRole' }],
}
