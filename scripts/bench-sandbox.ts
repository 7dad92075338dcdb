/**
 * What reading a large account costs: `GetAccountAuthorizationDetails` of 5,000 roles, all pages, as a ratio to parsing and
 * writing the same data as JSON in the same run. Ratios hold on any machine: the handler alone at most 3, through the SDK
 * at most 10. That holds for an account that was told before and did not change since; right after a change everything is read
 * and written again, and what that costs is printed beside. Times are those of the processor, so that other programs count
 * little. `node scripts/bench-sandbox.ts [ROLES]`
 */
import {
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsResponse,
  IAMClient,
  TagRoleCommand,
} from '@aws-sdk/client-iam'
import { openSandbox, type Sandbox, type SandboxRequest } from '../src/sandbox/index.ts'

const roles = Number(process.argv[2] ?? 5_000)
const ROUNDS = 15
const PAGE = 1_000

const opened = timed(() => openSandbox({ database: ':memory:', now: () => new Date(), seed: 7, roles }))
const sandbox = opened.result
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
const iam = new IAMClient({ region: 'us-east-1', credentials, requestHandler: sandbox.requestHandler })

const first = await timedAsync(() => handlerPage(sandbox, null))
const pages = await sdkPages()
const firstRole = pages.flatMap(({ RoleDetailList }) => RoleDetailList ?? [])[0]?.RoleName
const text = JSON.stringify(pages.map(decoded))

const baseline = best(await rounds(async () => JSON.stringify(JSON.parse(text))))
const changed = best(await rounds(() => handlerPages(sandbox), tagOneRole))
const handler = best(await rounds(() => handlerPages(sandbox)))
const sdkChanged = best(await rounds(sdkPages, tagOneRole))
const sdk = best(await rounds(sdkPages))

print(`${roles} roles, ${(text.length / 1e6).toFixed(1)} MB as JSON, best of ${ROUNDS}`)
print(`account made ${opened.ms.toFixed(0)} ms, first page ${first.ms.toFixed(0)} ms`)
print(`JSON.parse + JSON.stringify ${baseline.toFixed(0)} ms`)
print(`handler alone ${figure(handler)} (at most 3 ×), right after a change ${figure(changed)}`)
print(
  `through the SDK ${figure(sdk)}, right after a change ${figure(sdkChanged)} (at most 10 ×); of it the SDK's own ${figure(sdk - handler)}`,
)
iam.destroy()
sandbox.close()
process.exitCode = handler / baseline <= 3 && sdk / baseline <= 10 ? 0 : 1

/** Nothing that was told before a change may be told again without looking. */
async function tagOneRole(): Promise<void> {
  await iam.send(new TagRoleCommand({ RoleName: firstRole, Tags: [{ Key: 'measured', Value: 'yes' }] }))
}

function figure(ms: number): string {
  return `${ms.toFixed(0)} ms = ${(ms / baseline).toFixed(2)} ×`
}

async function handlerPage(account: Sandbox, marker: string | null): Promise<string | null> {
  const form = new URLSearchParams({ Action: 'GetAccountAuthorizationDetails', Version: '2010-05-08', MaxItems: String(PAGE) })
  if (marker !== null) form.set('Marker', marker)
  const request: SandboxRequest = {
    method: 'POST',
    host: 'iam.amazonaws.com',
    path: '/',
    query: {},
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a/20261102/us-east-1/iam/aws4_request' },
    body: form.toString(),
  }
  const { body } = await account.handle(request)
  return /<Marker>(.*)<\/Marker>/.exec(Buffer.from(body.slice(-2_000)).toString())?.[1] ?? null
}

async function handlerPages(account: Sandbox): Promise<void> {
  let marker = await handlerPage(account, null)
  while (marker !== null) marker = await handlerPage(account, marker)
}

async function sdkPages(): Promise<readonly GetAccountAuthorizationDetailsResponse[]> {
  const all: GetAccountAuthorizationDetailsResponse[] = []
  let Marker: string | undefined
  do {
    const page = await iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: PAGE, Marker }))
    all.push(page)
    Marker = page.Marker
  } while (Marker !== undefined)
  return all
}

/** The page with its documents as the AWS CLI prints them, not percent-encoded. */
function decoded(page: GetAccountAuthorizationDetailsResponse): unknown {
  return JSON.parse(JSON.stringify(page), (key, value) => (/Document$/.test(key) ? JSON.parse(decodeURIComponent(String(value))) : value))
}

async function rounds(work: () => Promise<unknown>, before?: () => Promise<void>): Promise<readonly number[]> {
  const times: number[] = []
  for (let n = 0; n < ROUNDS; n++) {
    await before?.()
    times.push((await timedAsync(work)).ms)
  }
  return times
}

function best(times: readonly number[]): number {
  return Math.min(...times)
}

function timed<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const start = process.cpuUsage()
  const result = work()
  return { result, ms: millisecondsSince(start) }
}

async function timedAsync<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly ms: number }> {
  const start = process.cpuUsage()
  const result = await work()
  return { result, ms: millisecondsSince(start) }
}

function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
