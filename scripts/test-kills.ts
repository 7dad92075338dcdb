/**
 * Processes of the built program, killed with SIGKILL at random times while they change an account that is served with latency.
 *
 *   npm run test:kills [-- --rounds N] [-- --seed N]
 *
 * After each round `recover --rollback` and a rollback finish what is open, and the role, every policy of the account and its
 * attachments must be what they were. Prints rounds tried and passed; exit code 1 when one fails.
 */
import { parseArgs } from 'node:util'
import { seededRandom } from '../src/sandbox/demo/seeded-random.ts'
import { killAtRandom } from '../test/e2e/support/killed-at-random.ts'
import { ensureBuilt } from './ensure-built.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } } })

await ensureBuilt()
const rounds = Number(values.rounds)
const { killed, ended, failures } = await killAtRandom({
  rounds,
  random: seededRandom(Number(values.seed)),
  tell: (line) => console.log(line),
})
console.log(`rounds tried ${rounds}, passed ${rounds - failures.length}; processes killed ${killed}, ended before that ${ended}`)
process.exitCode = failures.length === 0 ? 0 : 1
