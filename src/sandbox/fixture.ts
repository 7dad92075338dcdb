/**
 * A declared account: what `openSandbox` fills an empty file with. Dates are days before the epoch. Policies are named by
 * ARN, by the name of an AWS managed policy or by the name of a policy of the account.
 */
export type SandboxFixture = {
  readonly accountId?: string
  readonly policies?: readonly FixturePolicy[]
  readonly roles?: readonly FixtureRole[]
  readonly users?: readonly FixtureUser[]
  readonly groups?: readonly FixtureGroup[]
  readonly analyzers?: readonly FixtureAnalyzer[]
  readonly resources?: readonly FixtureResource[]
}

/** A document as its exact text, or as an object that is written compactly. */
export type FixtureDocument = string | object

export type FixtureTags = Readonly<Record<string, string>>

export type FixturePolicy = {
  readonly name: string
  readonly path?: string
  readonly description?: string
  /** Stored versions, oldest first; the last one is the default. */
  readonly versions: readonly FixtureDocument[]
  readonly createdDaysAgo?: number
  readonly tags?: FixtureTags
}

export type FixtureRole = {
  readonly name: string
  readonly path?: string
  readonly description?: string
  /** Default: EC2 may assume it. */
  readonly trust?: FixtureDocument
  readonly createdDaysAgo?: number
  readonly inline?: Readonly<Record<string, FixtureDocument>>
  readonly attached?: readonly string[]
  readonly boundary?: string
  readonly tags?: FixtureTags
  readonly instanceProfile?: string
  readonly maxSession?: number
  readonly usage?: readonly FixtureUsage[]
}

/** How a role used some actions. Patterns with `*` mean every action of the catalog that they match. */
export type FixtureUsage = {
  readonly actions: readonly string[]
  /** Days before the epoch of the last use; fractions are hours. */
  readonly daysAgo: number
  /** Set where the use is a habit that goes on after the epoch. */
  readonly everyDays?: number
  /** Calls in the 90 days before the epoch, of all the actions together. */
  readonly calls?: number
  readonly region?: string
}

export type FixtureUser = {
  readonly name: string
  readonly path?: string
  readonly createdDaysAgo?: number
  readonly inline?: Readonly<Record<string, FixtureDocument>>
  readonly attached?: readonly string[]
  readonly groups?: readonly string[]
  readonly boundary?: string
  readonly tags?: FixtureTags
  /** Set where the user has a console password. */
  readonly passwordLastUsedDaysAgo?: number
  readonly mfa?: boolean
  readonly accessKeys?: readonly FixtureAccessKey[]
}

export type FixtureAccessKey = {
  readonly createdDaysAgo: number
  readonly lastUsedDaysAgo?: number
  readonly service?: string
  readonly inactive?: boolean
}

export type FixtureGroup = {
  readonly name: string
  readonly path?: string
  readonly inline?: Readonly<Record<string, FixtureDocument>>
  readonly attached?: readonly string[]
}

export type FixtureAnalyzer = {
  readonly name: string
  readonly type: 'ACCOUNT' | 'ACCOUNT_UNUSED_ACCESS'
  readonly region?: string
  readonly unusedAccessAge?: number
  /** Filters by name: what matches is archived when it opens. */
  readonly archiveRules?: Readonly<Record<string, object>>
}

/** A resource outside IAM with a policy of its own. */
export type FixtureResource = { readonly arn: string; readonly type: string; readonly policy: FixtureDocument; readonly region?: string }
