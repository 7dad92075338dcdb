import type { CalledActions } from '../evidence/called-actions.ts'
import type { EvidenceReader } from '../ports/aws.ts'
import type { AwsClients } from './clients.ts'
import { readFindings } from './findings-reader.ts'
import { joinEvidence } from './join-evidence.ts'
import { readLastAccessed } from './last-accessed-reader.ts'
import { timingFor } from './timing.ts'
import { readTrail } from './trail-reader.ts'

export type EvidenceReaderOptions = {
  /** Without it an event of CloudTrail counts only where AWS's own wording of a denial names the action. */
  readonly calledActions?: CalledActions
  readonly now?: () => Date
}

/** Asks about the roles of the given account only: to renew part of the evidence, pass an account with those roles. */
export function createEvidenceReader(
  clients: AwsClients,
  { calledActions = () => [], now = () => new Date() }: EvidenceReaderOptions = {},
): EvidenceReader {
  return {
    async readEvidence(account, options = {}) {
      const roleArns = account.roles.map((role) => role.arn)
      const [analyzer, lastAccessed, trail] = await Promise.all([
        readFindings(clients, account, options),
        timingFor(clients).then((timing) => readLastAccessed(clients, roleArns, timing, options)),
        readTrail(clients, account, { calledActions, now: now() }, options),
      ])
      return joinEvidence({
        reports: lastAccessed.reports,
        findings: analyzer.findings,
        calls: trail.calls,
        history: trail.history,
        sources: [analyzer.source, lastAccessed.source, ...trail.sources],
      })
    },
  }
}
