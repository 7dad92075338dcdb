import type { CalledActions } from '../evidence/called-actions.ts'
import type { EvidenceReader } from '../ports/aws.ts'
import type { AwsClients } from './clients.ts'
import { readFindings } from './findings-reader.ts'
import { joinEvidence } from './join-evidence.ts'
import { readLastAccessed } from './last-accessed-reader.ts'
import { readRecentCalls } from './recent-calls-reader.ts'
import { lookupPauseFor, timingFor } from './timing.ts'

/**
 * Asks about the roles of the given account only: to renew part of the evidence, pass an account with those roles. Without
 * `calledActions` an event of CloudTrail counts only where AWS's own wording of a denial names the action.
 */
export function createEvidenceReader(clients: AwsClients, calledActions: CalledActions = () => []): EvidenceReader {
  return {
    async readEvidence(account, options = {}) {
      const roleArns = account.roles.map((role) => role.arn)
      const timing = await timingFor(clients)
      const lookup = { calledActions, sleep: timing.sleep, pauseMs: await lookupPauseFor(clients) }
      const [analyzer, lastAccessed, recent] = await Promise.all([
        readFindings(clients, account, options),
        readLastAccessed(clients, roleArns, timing, options),
        readRecentCalls(clients, account, lookup, options),
      ])
      return joinEvidence({
        reports: lastAccessed.reports,
        findings: analyzer.findings,
        calls: recent.calls,
        sources: [analyzer.source, lastAccessed.source, recent.source],
      })
    },
  }
}
