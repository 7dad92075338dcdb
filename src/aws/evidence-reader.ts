import { setTimeout as sleep } from 'node:timers/promises'
import type { EvidenceReader } from '../ports/aws.ts'
import type { AwsClients } from './clients.ts'
import { readFindings } from './findings-reader.ts'
import { joinEvidence } from './join-evidence.ts'
import type { JobTiming } from './last-accessed-job.ts'
import { readLastAccessed } from './last-accessed-reader.ts'
import { sourceMissing } from './source-status.ts'

const pause: JobTiming['sleep'] = (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal })

/** AWS needs about a second for a small policy and eight for one that names every service, and limits the rate of calls. */
const awsTiming: JobTiming = { sleep: pause, concurrency: 16, waits: [500, 1_000, 2_000, 3_000, 5_000], timeout: 120_000 }
/** An emulated account has no rate to keep, and its jobs end when they are looked at. */
const emulatedTiming: JobTiming = { ...awsTiming, concurrency: 64, waits: [10, 100, 500, 1_000] }

/** Asks about the roles of the given account only: to renew part of the evidence, pass an account with those roles. */
export function createEvidenceReader(clients: AwsClients): EvidenceReader {
  return {
    async readEvidence(account, options = {}) {
      const roleArns = account.roles.map((role) => role.arn)
      const timing = (await clients.isEmulated()) ? emulatedTiming : awsTiming
      const [analyzer, lastAccessed] = await Promise.all([
        readFindings(clients, account, options),
        readLastAccessed(clients, roleArns, timing, options),
      ])
      const trail = sourceMissing('cloudtrail', 'this program does not read CloudTrail as evidence')
      return joinEvidence({
        reports: lastAccessed.reports,
        findings: analyzer.findings,
        calls: new Map(),
        sources: [analyzer.source, lastAccessed.source, trail],
      })
    },
  }
}
