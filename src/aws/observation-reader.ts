import type { CalledActions } from '../evidence/called-actions.ts'
import type { ObservationReader } from '../ports/observations.ts'
import type { AwsClients } from './clients.ts'
import { readCredentialReport } from './credential-report-reader.ts'
import { readExternalAccess } from './external-access-reader.ts'
import { readAnalyzers } from './list-analyzers.ts'
import { observe } from './observe.ts'
import { readRoleCalls } from './role-calls-reader.ts'
import { timingFor } from './timing.ts'
import { readTrailSettings } from './trail-settings-reader.ts'
import { readUnusedCredentials } from './unused-credentials-reader.ts'

/** Each source by itself: one that is missing leaves the others as they are. */
export function createObservationReader(clients: AwsClients, calledActions: CalledActions = () => []): ObservationReader {
  return {
    async readObservations(account, period, options = {}) {
      const { signal, known } = options
      const findings = known?.findings ?? { externalAccess: new Map(), unusedCredentials: new Map() }
      const timing = await timingFor(clients)
      const analyzers = observe([], signal, (within) => readAnalyzers(clients, account, { signal: within }))
      const [credentials, externalAccess, unusedCredentials, calls, trails] = await Promise.all([
        observe([], signal, (within) => readCredentialReport(clients, { ...timing, timeout: 30_000 }, within)),
        analyzers.then((found) =>
          observe([], signal, (within) =>
            readExternalAccess({ clients, signal: within }, account, found, { ...options, known: findings.externalAccess }),
          ),
        ),
        analyzers.then((found) =>
          observe([], signal, (within) =>
            readUnusedCredentials({ clients, signal: within }, account, found, { ...options, known: findings.unusedCredentials }),
          ),
        ),
        known?.calls ??
          observe([], signal, (within) =>
            readRoleCalls({ clients, timing: { ...timing, timeout: 60_000 }, signal: within }, period, calledActions),
          ),
        observe([], signal, (within) => readTrailSettings(clients, within)),
      ])
      return { credentials, unusedCredentials, externalAccess, calls, analyzers: await analyzers, trails }
    },
  }
}
