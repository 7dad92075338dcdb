import type { Arn, Iso } from '../policy/names.ts'
import type { ObservedCall } from './evidence.ts'

/**
 * What sources say about the account besides the use of its roles: how users sign in, what outsiders reach, how often roles
 * call AWS, how the watching itself is set up. Each source stands for itself, and one that fails is `missing`, never an error.
 */
export type AccountObservations = {
  readonly credentials: Observed<readonly UserCredentials[]>
  readonly unusedCredentials: Observed<readonly UnusedCredential[]>
  readonly externalAccess: Observed<readonly ExternalAccess[]>
  readonly calls: Observed<readonly RoleCalls[]>
  readonly analyzers: Observed<readonly AnalyzerSetting[]>
  readonly trails: Observed<readonly TrailSetting[]>
}

export type ObservationId = keyof AccountObservations

/** `value` is what was read; empty when the source is missing. */
export type Observed<Value> = {
  readonly status: 'connected' | 'partial' | 'missing'
  /** Why it is partial or missing, or what it covers; one line, for people. */
  readonly why: string
  readonly observedUntil: Iso | null
  readonly value: Value
}

/** One row of the credential report. */
export type UserCredentials = {
  readonly userName: string
  readonly arn: Arn
  readonly isRoot: boolean
  /** Null where the report does not say, as it does not for root. */
  readonly hasPassword: boolean | null
  readonly passwordLastUsed: Iso | null
  readonly passwordChanged: Iso | null
  readonly hasMfa: boolean
  readonly keys: readonly AccessKey[]
}

export type AccessKey = {
  /** The first or the second of the user: the report names no key. */
  readonly slot: 1 | 2
  readonly isActive: boolean
  readonly lastUsed: Iso | null
  readonly lastUsedService: string | null
  readonly lastRotated: Iso | null
}

/** An Access Analyzer finding on a user's password or access key that nobody used for the analyzer's own age setting. */
export type UnusedCredential = {
  readonly id: string
  readonly userArn: Arn
  readonly userName: string
  readonly kind: 'password' | 'access-key'
  readonly accessKeyId: string | null
  readonly lastUsed: Iso | null
  readonly unusedAccessAge: number | null
  readonly analyzedAt: Iso | null
  readonly updatedAt: Iso | null
  readonly complete: boolean
}

/** An external access finding of Access Analyzer: a resource that somebody outside the zone of trust can reach. */
export type ExternalAccess = {
  readonly id: string
  /** As CloudFormation names it, such as `AWS::S3::Bucket`. */
  readonly resourceType: string
  readonly resource: Arn
  readonly isPublic: boolean
  /** Account ids, ARNs, services or `*`. */
  readonly principals: readonly string[]
  readonly actions: readonly string[]
  readonly isConditional: boolean
  readonly updatedAt: Iso | null
  /** False when the details could not be read: then principals and actions are unknown. */
  readonly complete: boolean
}

/** Calls to AWS by sessions of a role inside the window, and the newest of each action, data events among them. */
export type RoleCalls = { readonly roleArn: Arn; readonly calls: number; readonly uses: readonly ObservedCall[] }

export type AnalyzerSetting = {
  readonly arn: Arn
  readonly name: string
  readonly region: string
  readonly watches: 'external-access' | 'unused-access' | 'internal-access'
  readonly isActive: boolean
  readonly isOrganization: boolean
  /** Days, of unused access only; null where it may not be read. */
  readonly unusedAccessAge: number | null
}

export type TrailSetting = {
  readonly name: string
  readonly isLogging: boolean | null
  readonly isMultiRegion: boolean
  /** `bucket/prefix` of the log files. */
  readonly storedIn: string | null
  /** Kinds of data events that it records, such as `AWS::S3::Object`; null where they may not be read. */
  readonly dataEvents: readonly string[] | null
  readonly hasInsights: boolean | null
}

export const notObserved = <Value>(why: string, value: Value): Observed<Value> => ({ status: 'missing', why, observedUntil: null, value })
