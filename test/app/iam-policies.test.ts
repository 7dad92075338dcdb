import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CHANGING, READING } from '../../src/app/needed-rights.ts'
import { createAccountReader } from '../../src/aws/account-reader.ts'
import { createAwsClients } from '../../src/aws/clients.ts'
import { createEvidenceReader } from '../../src/aws/evidence-reader.ts'
import { createLiveReader } from '../../src/aws/live-reader.ts'
import { createRoleWriter } from '../../src/aws/role-writer.ts'
import type { SandboxFixture } from '../../src/sandbox/index.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, refusalOf, type TestAccount, testAccount } from '../support/test-account.ts'

type Documented = { readonly Statement: readonly { readonly Effect: string; readonly Action: readonly string[] }[] }

const document = (name: string): Documented => JSON.parse(readFileSync(new URL(`../../docs/iam/${name}.json`, import.meta.url), 'utf8'))
const allowed = ({ Statement }: Documented): string[] =>
  Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action)

const [app] = planShapes.mixed?.roles ?? []

const fixture: SandboxFixture = {
  ...planShapes.mixed,
  roles: [
    { ...app, name: 'app' },
    { ...app, name: 'AWSControlTowerExecution' },
    { name: 'zt-tui-reader', trust: document('operator-trust'), inline: { read: document('read-only') } },
    { name: 'zt-tui-operator', trust: document('operator-trust'), inline: { read: document('read-only'), operate: document('operator') } },
  ],
}

/** The use cases of somebody who became the role, with a second factor. */
async function as(account: TestAccount, roleName: string) {
  const { STSClient, AssumeRoleCommand } = await import('@aws-sdk/client-sts')
  const { requestHandler } = account.sandbox
  const sts = new STSClient({ region: 'us-east-1', requestHandler, credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'x' } })
  const RoleArn = `arn:aws:iam::123456789012:role/${roleName}`
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'admin', SerialNumber: 'arn:aws:iam::123456789012:mfa/admin', TokenCode: '123456' }),
  )
  sts.destroy()
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
  const clients = createAwsClients({ requestHandler, credentials, region: 'us-east-1' })
  const live = createLiveReader(clients)
  return account.restart({
    accounts: createAccountReader(clients),
    evidence: createEvidenceReader(clients),
    live,
    writer: createRoleWriter(clients),
    caller: await live.caller(),
  })
}

describe('the policies in docs/iam', () => {
  it('are what doctor compares with', () => {
    expect(new Set(allowed(document('read-only')))).toEqual(new Set(READING))
    expect(new Set(allowed(document('operator')))).toEqual(new Set(CHANGING))
  })

  it('read-only is enough to read everything, and to change nothing', async () => {
    const account = await testAccount(fixture)
    const reader = await as(account, 'zt-tui-reader')
    const scan = granted(await reader.scan())
    expect(scan.roles.map(({ roleName }) => roleName)).toContain('app')
    expect(scan.sources.filter(({ id }) => id === 'last-accessed')).toMatchObject([{ status: 'connected' }])
    expect(granted(await reader.plan(['app'])).roles[0]?.stages.length).toBeGreaterThan(0)
    const checks = new Map((await reader.doctor()).map(({ id, status }) => [id, status]))
    expect([checks.get('rights-to-read'), checks.get('rights-to-change')]).toEqual(['ok', 'warning'])
    expect(refusalOf(await applyNext(reader, 'app'))).toBe('rights')
  })

  it('the operator can apply every stage and put it back, and is kept from guarded roles by AWS too', async () => {
    const account = await testAccount(fixture)
    const original = await account.roleState('app')
    const operator = await as(account, 'zt-tui-operator')
    const checks = new Map((await operator.doctor()).map(({ id, status }) => [id, status]))
    expect([checks.get('rights-to-read'), checks.get('rights-to-change')]).toEqual(['ok', 'ok'])
    const { changeId } = granted(await applyNext(operator, 'app'))
    granted(await operator.rollback(changeId))
    expect(await account.roleState('app')).toEqual(original)
    const overridden = { overrides: ['organization'], reason: 'a test' }
    expect(refusalOf(await applyNext(operator, 'AWSControlTowerExecution', overridden))).toBe('rights')
    expect(refusalOf(await applyNext(operator, 'zt-tui-operator'))).toMatch(/^guard:caller-role$/)
  })
})
