import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'

/** An IAM server that is not ours: moto, a Python program (Apache-2.0) that npm cannot install. */
export type Moto = { readonly url: string; reset(): Promise<void>; close(): Promise<void> }

export const hasMoto = ((): boolean => {
  try {
    execFileSync('moto_server', ['--help'], { stdio: 'ignore', timeout: 60_000 })
    return true
  } catch {
    return false
  }
})()

export async function startMoto(): Promise<Moto> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' }
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { env, stdio: 'ignore' })
  await untilItAnswers(url, child)
  return {
    url,
    async reset() {
      await fetch(`${url}/moto-api/reset`, { method: 'POST' })
    },
    async close() {
      child.kill()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => null)
    if (answer !== null) return
    await after(200)
  }
  throw new Error(`moto_server ended with ${child.exitCode}`)
}
