/**
 * One account served with latency, one data directory, and processes of the program that are killed at random times; then the
 * program is let finish, and the account must be what it was.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import type { RoleState } from '../../../src/account/role-state.ts'
import type { SeededRandom } from '../../../src/sandbox/demo/seeded-random.ts'
import { openSandbox, serveSandbox } from '../../../src/sandbox/index.ts'
import { type RecordedAccount, recordedAccount } from './recorded-account.ts'
import { runCli } from './run-cli.ts'
import { cli, environment } from './scenario.ts'

const ROLE = 'legacy-admin-role'
const LATENCY_MS = 50
/** After its first write a process lives so long at most: a few calls and the settle time. */
const LONGEST_LIFE_MS = 2_000

export type KillRounds = {
  readonly rounds: number
  readonly random: SeededRandom
  readonly tell?: (line: string) => void
}

export type KillResult = { readonly killed: number; readonly ended: number; readonly failures: readonly string[] }

type Place = {
  readonly home: string
  readonly account: RecordedAccount
  readonly args: readonly string[]
  /** How many writes the server has been asked for so far. */
  writes(): number
}

/** Each round kills one process; after each the way back is taken to its end, and everything is compared. */
export async function killAtRandom({ rounds, random, tell = () => undefined }: KillRounds): Promise<KillResult> {
  const home = mkdtempSync(join(tmpdir(), 'zt-tui-kills-'))
  let writes = 0
  const faults = ({ operation }: { readonly operation: string }): null => {
    if (/^(Put|Delete|Create|Attach|Detach|Set)/.test(operation)) writes++
    return null
  }
  const sandbox = openSandbox({ database: ':memory:', now: () => new Date(), latencyMs: LATENCY_MS, faults })
  const server = await serveSandbox(sandbox, { port: 0 })
  const account = await recordedAccount(server.url)
  const args = ['--endpoint-url', server.url, '--yes', '--settle', '1']
  const place: Place = { home, account, args, writes: () => writes }
  const counts = { killed: 0, ended: 0 }
  const failures: string[] = []
  try {
    const original = await readAccount(account)
    for (let round = 1; round <= rounds; round++) {
      for (const command of random.pick(CHAINS)) {
        const isKilled = await runAndKill(command, place, random.below(LONGEST_LIFE_MS))
        counts[isKilled ? 'killed' : 'ended']++
      }
      await takeAllBack(place)
      const difference = differenceOf(original, await readAccount(account))
      if (difference !== null) failures.push(`round ${round}: ${difference}`)
      tell(`round ${round} of ${rounds}: ${difference ?? 'as it was'}`)
    }
    return { ...counts, failures }
  } finally {
    account.close()
    await server.close()
    sandbox.close()
    rmSync(home, { recursive: true, force: true })
  }
}

/** What the processes of one round are asked to do. The first mostly dies half-way, and so may those that finish its work. */
const CHAINS: readonly (readonly (readonly string[])[])[] = [
  [['apply', ROLE]],
  [
    ['apply', ROLE],
    ['recover', '--rollback'],
  ],
  [
    ['apply', ROLE],
    ['recover', '--resume'],
    ['rollback', '--role', ROLE],
  ],
  [
    ['apply', ROLE],
    ['recover', '--resume'],
    ['rollback', '--role', ROLE],
    ['recover', '--resume'],
  ],
]

/** True when the process was killed, at a random time after its first write; false when it ended before. */
async function runAndKill(command: readonly string[], { home, args, writes }: Place, ms: number): Promise<boolean> {
  const writesBefore = writes()
  const child = spawn(process.execPath, [cli, ...command, ...args], { env: { ...environment(home), ...credentials }, stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (writes() === writesBefore && child.exitCode === null) await after(10)
  await Promise.race([ended, after(ms).then(() => child.kill('SIGKILL'))])
  const [, signal] = await ended
  return signal === 'SIGKILL'
}

/** As an admin would: what is open is rolled back, and what is in effect then too. */
async function takeAllBack({ home, args }: Place): Promise<void> {
  for (const command of [
    ['recover', '--rollback'],
    ['recover', '--rollback'],
    ['rollback', '--role', ROLE, '--all'],
  ]) {
    const { code, stderr } = await runCli([...command, ...args], home, credentials)
    if (code !== 0) throw new Error(`zt-tui ${command.join(' ')} ended with ${code}: ${stderr}`)
  }
}

const credentials = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' }

type Seen = { readonly role: RoleState | null; readonly policies: readonly string[] }

/** The role, and every customer managed policy of the account with its versions. */
async function readAccount({ iam, live }: RecordedAccount): Promise<Seen> {
  const { ListPoliciesCommand } = await import('@aws-sdk/client-iam')
  const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: 'Local', MaxItems: 1000 }))
  return { role: await live.roleState(ROLE), policies: Policies.map(({ Arn, AttachmentCount }) => `${Arn} (${AttachmentCount})`).sort() }
}

function differenceOf(was: Seen, is: Seen): string | null {
  if (JSON.stringify(is.policies) !== JSON.stringify(was.policies)) return 'the policies of the account are others now'
  const shown = ({ role }: Seen): string => JSON.stringify([role?.inline, role?.attached, role?.boundary, role?.trust])
  return shown(is) === shown(was) ? null : 'the role is not what it was'
}
