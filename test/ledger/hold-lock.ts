/** A process of its own: `hold-lock.ts DATA_DIR ACCOUNT_KEY WAIT_MS` prints what it got, then holds it until its input ends. */
import { lockAccount } from '../../src/ledger/account-lock.ts'

const [dataDir = '', accountKey = '', waitMs = '0'] = process.argv.slice(2)
const result = await lockAccount({ dataDir, accountKey, waitMs: Number(waitMs), what: 'apply web-app', pollMs: 10 })
process.stdout.write(`${JSON.stringify(result)}\n`)
process.stdin.on('end', () => {
  if (result.held) result.release()
})
process.stdin.resume()
