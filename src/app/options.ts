/** The options of contract.md that decide which account is looked at and how. Parsed once, by the commands. */
export type WorkspaceOptions = {
  readonly demo: boolean
  readonly accountFile: string | null
  readonly usageFile: string | null
  readonly profile: string | null
  readonly region: string | null
  readonly endpointUrl: string | null
  /** Days. */
  readonly window: number
  /** Days; the window when the option is absent. */
  readonly minAge: number
  readonly dataDir: string | null
  readonly readOnly: boolean
  /** Seconds; null: 60 on AWS, 0 on a loopback endpoint and in the demo. */
  readonly settle: number | null
  /** Seconds. */
  readonly lockWait: number
  readonly restoreOut: string | null
  /** A Terraform state: roles that it holds are changed there. */
  readonly iacState: string | null
  /** The clock of this run; offline and demo only. */
  readonly now: string | null
  readonly debugLog: string | null
  readonly yes: boolean
  readonly overrides: readonly string[]
  readonly reason: string | null
}
