import type { ActionName, Arn, Iso } from '../policy/names.ts'
import type { ReadOptions } from './aws.ts'

/** One call that AWS refused, as CloudTrail tells it. */
export type DeniedCall = {
  readonly at: Iso
  readonly roleArn: Arn
  /** From AWS's own message where it names the action, else from the event's name. */
  readonly action: ActionName
  readonly region: string
  /** AWS's message; empty where the event has none. */
  readonly message: string
}

export type Denials = {
  readonly calls: readonly DeniedCall[]
  /** Regions that were read, the global one included. */
  readonly regions: readonly string[]
  /** Why some or all of it could not be read; null when everything was. */
  readonly problem: string | null
}

/** What to look for: calls since a time, of these IAM services. */
export type DenialQuery = { readonly since: Date; readonly services: ReadonlySet<string> }

/** Reads the denied calls of role sessions. Never throws for a source that is missing: `problem` says why. */
export type DenialReader = { readDenials(query: DenialQuery, options?: ReadOptions): Promise<Denials> }
