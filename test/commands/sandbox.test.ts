import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { serveDemo } from '../../src/workspace.ts'
import { runZt } from './run-zt.ts'

const taken = async (): Promise<never> => {
  throw Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' })
}

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'zt-tui-faults-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'faults.json')
  writeFileSync(file, text)
  return file
}

const fresh = { dataDir: null, port: 0, seed: 7, roles: 12, latency: null, faults: null }
const signed = {
  authorization: 'AWS4-HMAC-SHA256 Credential=AKID/20261102/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=00',
  'content-type': 'application/x-www-form-urlencoded',
}
const listRoles = (url: string) => fetch(url, { method: 'POST', headers: signed, body: 'Action=ListRoles&Version=2010-05-08' })

test('the account that is served is the one that was asked for', async () => {
  const { calls, code, stderr } = await runZt('sandbox --port 4999 --seed 7 --roles 50 --latency 20 --faults f.json', { serveDemo: taken })
  expect(calls).toEqual([`serve ${JSON.stringify({ dataDir: null, port: 4999, seed: 7, roles: 50, latency: 20, faults: 'f.json' })}`])
  expect([code, stderr]).toEqual([2, expect.stringContaining('--port: 4999 is taken')])
})

test.each([
  ['sandbox --roles many', '--roles: a whole number from 0 to 20000 was expected'],
  ['sandbox --port 70000', '--port: a whole number from 0 to 65535 was expected'],
])('%s is wrong use', async (line, message) => {
  expect(await runZt(line)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) })
})

test('a fresh account is served over loopback, with the faults of a file', async () => {
  const faults = fileWith('{"faults": [{"operation": "ListRoles", "n": 1, "verdict": {"kind": "html-error", "status": 503}}]}')
  const server = await serveDemo({ ...fresh, faults })
  onTestFinished(() => server.close())
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect((await listRoles(server.url)).status).toBe(503)
  const answer = await (await listRoles(server.url)).text()
  expect(answer.match(/<RoleName>/g)).toHaveLength(12)
})

test.each([
  ['{"faults": [{"operation": "ListRoles", "verdict": {"kind": "storm"}}]}', /faults\.json: faults\[0\]\.verdict\.kind: one of throttle, /],
  ['nonsense', /faults\.json: no JSON: /],
])('a fault file that says %s is refused with its place', async (text, message) => {
  await expect(serveDemo({ ...fresh, faults: fileWith(text) })).rejects.toThrow(message)
})

test('a fault file that is not there is refused', async () => {
  await expect(serveDemo({ ...fresh, faults: '/nowhere/faults.json' })).rejects.toThrow('/nowhere/faults.json: cannot be read')
})
