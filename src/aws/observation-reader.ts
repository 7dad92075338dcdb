import type { ObservationReader } from '../ports/observations.ts'
import type { AwsClients } from './clients.ts'
import { readCredentialReport } from './credential-report-reader.ts'
import { readExternalAccess } from './external-access-reader.ts'
import { readAnalyzers } from './list-analyzers.ts'
import { observe } from './observe.ts'
import { readRoleCalls } from './role-calls-reader.ts'
import { timingFor } from './timing.ts'
import { readTrailSettings } from './trail-settings-reader.ts'

/** Each source by itself: one that is missing leaves the others as they are. */
export function createObservationReader(clients: AwsClients): ObservationReader {
  return {
    async readObservations(account, period, options = {}) {
      const { signal } = options
      const timing = await timingFor(clients)
      const analyzers = observe([], () => readAnalyzers(clients, account, signal))
      const [credentials, externalAccess, calls, trails] = await Promise.all([
        observe([], () => readCredentialReport(clients, { ...timing, timeout: 30_000 }, signal)),
        analyzers.then((known) => observe([], () => readExternalAccess({ clients, signal }, account, known, options))),
        options.known?.calls ?? observe([], () => readRoleCalls(clients, period, { ...timing, timeout: 60_000 }, signal)),
        observe([], () => readTrailSettings(clients, signal)),
      ])
      return { credentials, externalAccess, calls, analyzers: await analyzers, trails }
    },
  }
}
