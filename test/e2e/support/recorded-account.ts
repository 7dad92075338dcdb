/** An IAM server behind a proxy that writes down which calls it was asked, with the program's readers and its writer before it. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { IAMClient } from '@aws-sdk/client-iam'
import { createAwsClients } from '../../../src/aws/clients.ts'
import { createLiveReader } from '../../../src/aws/live-reader.ts'
import { createRoleWriter } from '../../../src/aws/role-writer.ts'
import type { LiveReader, RoleWriter } from '../../../src/ports/aws.ts'

/** One call: its parameters in order, without what differs from run to run. */
export type RecordedCall = string

export type RecordedAccount = {
  readonly live: LiveReader
  readonly writer: RoleWriter
  /** Past the proxy: nobody counts these calls. */
  readonly iam: IAMClient
  readonly calls: RecordedCall[]
  close(): void
}

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }

export async function recordedAccount(url: string): Promise<RecordedAccount> {
  const calls: RecordedCall[] = []
  const proxy = createServer(async (incoming, outgoing) => {
    const body = await textOf(incoming)
    calls.push(callOf(body))
    const { authorization = '', 'content-type': type = '' } = incoming.headers
    const answer = await fetch(url, { method: 'POST', headers: { authorization, 'content-type': type }, body })
    outgoing.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/xml' })
    outgoing.end(await answer.text())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const clients = createAwsClients({ endpointUrl: `http://127.0.0.1:${port}`, credentials, region: 'us-east-1' })
  const iam = new IAMClient({ endpoint: url, credentials, region: 'us-east-1' })
  return {
    live: createLiveReader(clients),
    writer: createRoleWriter(clients),
    iam,
    calls,
    close() {
      clients.destroy()
      iam.destroy()
      proxy.close()
      proxy.closeAllConnections()
    },
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

/** Ids of changes are tags, and no two runs have the same. */
function callOf(body: string): RecordedCall {
  const { Action = '', Version: _, ...params } = Object.fromEntries(new URLSearchParams(body))
  const shown = Object.entries(params).map(([name, value]) => `${name}=${value.replace(/^(sandbox|moto)-\d+$/, 'CHANGE')}`)
  return `${Action} ${shown.sort().join(' ')}`
}
