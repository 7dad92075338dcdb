import { once } from 'node:events'
import { defineCommand } from './command.ts'
import { UsageError } from './usage-error.ts'

export const sandbox = defineCommand({
  name: 'sandbox',
  args: '',
  summary: 'serve an embedded AWS account to other clients of this machine until stopped',
  options: ['port', 'seed', 'accountRoles', 'latency', 'faults', 'dataDir'],
  async run({ port, seed, accountRoles: roles, latency, faults, dataDir }, context) {
    const server = await context.door.serveDemo({ dataDir, port, seed, roles, latency, faults }).catch((error: unknown) => {
      throw isTaken(error) ? new UsageError(`--port: ${port} is taken or not allowed; 0 picks a free one.`) : error
    })
    const what = seed === null && roles === null ? 'The demo account' : 'A fresh account'
    context.print(`${what} is served on ${server.url}\n`)
    context.note('Any access key will do. Ctrl-C stops it.')
    if (!context.signal.aborted) await once(context.signal, 'abort')
    await server.close()
    return 0
  },
})

const isTaken = (error: unknown): boolean => error instanceof Error && ['EADDRINUSE', 'EACCES'].includes(String(Reflect.get(error, 'code')))
