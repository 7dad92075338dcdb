import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSandbox, type SandboxServer, serveSandbox } from '../../src/sandbox/index.ts'
import { expectExit, play, press, type Step, type, waitFor, waitGone } from './support/scenario.ts'

const ROLE = 'legacy-migration-role'
const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }

const sandbox = openSandbox({ database: ':memory:', now: () => new Date() })
let server: SandboxServer
let iam: IAMClient
beforeAll(async () => {
  server = await serveSandbox(sandbox, { port: 0 })
  iam = new IAMClient({ endpoint: server.url, credentials, region: 'us-east-1' })
})
afterAll(async () => {
  iam.destroy()
  await server.close()
  sandbox.close()
})

const THEIRS = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}'

async function ourPolicy(): Promise<string> {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: ROLE }))
  const name = PolicyNames.find((one) => one.startsWith('zt-'))
  expect(name).toBeDefined()
  return name ?? ''
}

const editedByOthers: Step = async () => {
  await iam.send(new PutRolePolicyCommand({ RoleName: ROLE, PolicyName: await ourPolicy(), PolicyDocument: THEIRS }))
}

const theirsStands: Step = async () => {
  const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName: ROLE, PolicyName: await ourPolicy() }))
  expect(JSON.parse(decodeURIComponent(PolicyDocument))).toEqual(JSON.parse(THEIRS))
}

test('an edit of another admin is shown, kept when asked so, and the rest of the stage is taken back', async () => {
  await play({
    args: ['--endpoint-url', server.url, '--role', ROLE, '--screen', 'preview', '--settle', '0'],
    env: { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey, AWS_REGION: 'us-east-1' },
    size: { columns: 200, rows: 50 },
    steps: [
      waitFor('✓ used kept'),
      waitGone('scanning'),
      type('a'),
      waitFor('▸ [ Cancel ]'),
      press('Tab', 'Enter'),
      waitFor('✓ Applied'),
      editedByOthers,
      type('u'),
      waitFor('Somebody else was here', 'Keep theirs', 'Put the snapshot back'),
      theirsStands,
      press('Down', 'Down'),
      waitFor('ours: there', 'What was done since: ours to live', '-         "ec2:Accept*"'),
      type('g'),
      press('Enter'),
      waitFor('Take back our change', '▸ [ Cancel ]'),
      press('Tab', 'Enter'),
      waitFor('✓ Restored'),
      theirsStands,
      press('CtrlC'),
      expectExit(130),
    ],
  })
})
