import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAwsClients } from '../../src/aws/clients.ts'
import { createLiveReader } from '../../src/aws/live-reader.ts'

const names = [
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_PROFILE',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_IAM',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
]
let folder = ''

/** A machine without AWS configuration. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aws-config-'))
  for (const name of names) vi.stubEnv(name, undefined)
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'))
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'))
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

describe('the region', () => {
  it('is one that every account has when nothing is set', async () => {
    expect(await createAwsClients().region()).toBe('us-east-1')
  })

  it('is the option’s, else the environment’s, else the profile’s', async () => {
    writeFileSync(join(folder, 'config'), '[default]\nregion = eu-south-1\n[profile other]\nregion = eu-north-1\n')
    expect(await createAwsClients({ profile: 'other' }).region()).toBe('eu-north-1')
    vi.stubEnv('AWS_DEFAULT_REGION', 'eu-west-2')
    expect(await createAwsClients().region()).toBe('eu-west-2')
    vi.stubEnv('AWS_REGION', 'eu-west-3')
    expect(await createAwsClients().region()).toBe('eu-west-3')
    expect(await createAwsClients({ region: 'ap-south-1' }).region()).toBe('ap-south-1')
  })
})

describe('the endpoint', () => {
  it('is AWS itself when nothing is set', async () => {
    const clients = createAwsClients()
    expect([await clients.endpoint(), await clients.isEmulated()]).toEqual([null, false])
    expect(await createAwsClients({ region: 'cn-north-1' }).endpoint()).toBeNull()
    expect(await createAwsClients({ region: 'eusc-de-east-1' }).endpoint()).toBeNull()
  })

  it('is the option’s, else IAM’s in the environment, else the one for all services', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1')
    expect(await createAwsClients().endpoint()).toBe('http://127.0.0.1:1')
    vi.stubEnv('AWS_ENDPOINT_URL_IAM', 'http://127.0.0.1:2/iam/')
    expect(await createAwsClients().endpoint()).toBe('http://127.0.0.1:2/iam')
    const clients = createAwsClients({ endpointUrl: 'http://localhost:3' })
    expect([await clients.endpoint(), await clients.isEmulated()]).toEqual(['http://localhost:3', true])
  })

  it('may stand in the profile', async () => {
    writeFileSync(join(folder, 'config'), '[profile emulator]\nregion = eu-west-1\nendpoint_url = http://127.0.0.1:4\n')
    expect(await createAwsClients({ profile: 'emulator' }).endpoint()).toBe('http://127.0.0.1:4')
  })
})

describe('the credentials', () => {
  const caller = (options: Parameters<typeof createAwsClients>[0]) => createLiveReader(createAwsClients(options)).caller()

  it('are missed in one line that says what to do', async () => {
    await expect(caller({})).rejects.toMatchObject({
      kind: 'credentials',
      message: expect.stringMatching(/^GetCallerIdentity: no valid credentials .*AWS_PROFILE/),
    })
  })

  it('are missed when the profile is unknown', async () => {
    await expect(caller({ profile: 'nobody' })).rejects.toMatchObject({
      kind: 'credentials',
      message: expect.stringContaining('profile: [nobody]'),
    })
  })

  it('of a profile sign the requests, whatever the environment holds', async () => {
    const { requestHandler, signedBy } = seeSignature()
    await expect(caller({ profile: 'other', requestHandler })).rejects.toMatchObject({ kind: 'unavailable' })
    expect(signedBy()).toBe('AKIAPROFILE')
  })

  it('may make the SDK warn, which goes to the reader of warnings only', async () => {
    vi.stubEnv('AWS_PROFILE', 'other')
    const printed = vi.spyOn(console, 'warn')
    const warnings: string[] = []
    const { requestHandler, signedBy } = seeSignature()
    await expect(caller({ requestHandler, onWarning: (text) => warnings.push(text) })).rejects.toMatchObject({ kind: 'unavailable' })
    expect(signedBy()).toBe('AKIAPROFILE')
    expect(warnings.join()).toContain('Multiple credential sources detected')
    expect(printed).not.toHaveBeenCalled()
  })
})

/** Keys in a profile and in the environment; who signed a request is told, and the connection breaks. */
function seeSignature() {
  writeFileSync(join(folder, 'credentials'), '[other]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = secret\n')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENVIRONMENT')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  let signature = ''
  const requestHandler = {
    handle: async (request: { headers: Record<string, string> }) => {
      signature = /Credential=(\w+)/.exec(request.headers.authorization ?? '')?.[1] ?? ''
      throw new Error('seen')
    },
  }
  return { requestHandler, signedBy: () => signature }
}

describe('the clients', () => {
  it('are made once', async () => {
    const clients = createAwsClients({ region: 'eu-west-1' })
    expect(await clients.iam()).toBe(await clients.iam())
    expect(await clients.accessAnalyzer()).toBe(await clients.accessAnalyzer('eu-west-1'))
    expect(await clients.accessAnalyzer('us-east-1')).not.toBe(await clients.accessAnalyzer())
    expect(await clients.iamWriter()).not.toBe(await clients.iam())
    clients.destroy()
  })

  it('write without the SDK’s retries, and read with them', async () => {
    const clients = createAwsClients()
    expect(await (await clients.iamWriter()).config.maxAttempts()).toBe(1)
    expect(await (await clients.iam()).config.maxAttempts()).toBe(3)
  })
})
