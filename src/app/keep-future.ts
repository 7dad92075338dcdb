import type { FutureToKeep } from '../plan/shape.ts'
import type { Universe } from '../policy/universe.ts'

/** `--keep future`, or `--keep s3:future` for one service. No action of AWS is called so. */
const FUTURE = /^(?:([a-z0-9-]+):)?future$/i

/** Whether a pattern asks for later actions, of everything or of a service that there is. */
export function isFuture(universe: Universe, pattern: string): boolean {
  const [asked, service] = FUTURE.exec(pattern) ?? []
  return asked !== undefined && (service === undefined || universe.ofService(service).length > 0)
}

/** What the kept patterns say of actions that nobody has catalogued yet. */
export function futureToKeep(keep: readonly string[]): FutureToKeep {
  const found = keep.map((pattern) => FUTURE.exec(pattern)).filter((match) => match !== null)
  return {
    everything: found.some(([, service]) => service === undefined),
    services: new Set(found.flatMap(([, service]) => service?.toLowerCase() ?? [])),
  }
}
