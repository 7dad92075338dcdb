/** A process of its own that opens a shared account and writes policies: `node write-many.ts FILE PREFIX COUNT`. */
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { openSandbox } from '../../src/sandbox/index.ts'

const [, , database = '', prefix = '', count = '0'] = process.argv
const sandbox = openSandbox({ database, now: () => new Date(), fixture: { roles: [{ name: 'app' }] } })
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
const iam = new IAMClient({ region: 'us-east-1', credentials, requestHandler: sandbox.requestHandler, maxAttempts: 1 })
const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] })
for (let n = 0; n < Number(count); n++)
  await iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: `${prefix}-${n}`, PolicyDocument }))
sandbox.close()
