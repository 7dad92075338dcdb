/** A change may begin between these times only: days of the week and times of the wall clock, of this machine or of a time zone. */
export type ChangeWindow = { readonly days: readonly string[]; readonly from: string; readonly to: string; readonly timeZone?: string }

/**
 * How a production role and the test twin on which its stages are rehearsed know each other: by their names, where each `*` stands
 * for the same text in both, or by the values of a tag, where twins share the value of the tag `same`.
 */
export type RehearsalRule =
  | { readonly production: string; readonly test: string }
  | { readonly tag: string; readonly production: string; readonly test: string; readonly same: string }

/** What an admin has said about the program and about the account, once, for all runs. */
export type Preferences = {
  readonly theme: 'auto' | 'dark' | 'light'
  /** `auto` takes the locale's. */
  readonly language: 'auto' | 'en' | 'ja'
  /** Keys of commands, in place of the usual ones. */
  readonly keys: Readonly<Record<string, readonly string[]>>
  /** Columns of the list of roles; empty: the usual ones. */
  readonly columns: readonly string[]
  /** Names of roles that ask before every change; `*` stands for any characters. */
  readonly protectedRoles: readonly string[]
  /** Names of roles that reach what matters most. */
  readonly crownJewels: readonly string[]
  /** Empty: changes may begin at any time. */
  readonly changeWindows: readonly ChangeWindow[]
  /** Empty: stages need no rehearsal. */
  readonly rehearsal: readonly RehearsalRule[]
  readonly thresholds: {
    /** Percent of unused actions from which the list sets a role off. */
    readonly unused: number
  }
}

export type PreferenceKey = keyof Preferences

/** What an admin has said about which roles are changed, and when. */
export type GuardLists = Pick<Preferences, 'protectedRoles' | 'crownJewels' | 'changeWindows' | 'rehearsal'>

/** The lists as they stand right now. With a `problem` nobody knows what they should say: nothing may be changed. */
export type ReadGuardLists = () => { readonly lists: GuardLists; readonly problem: string | null }

/** Preferences as they were read: what could not be read is told and stands at its default. */
export type ReadPreferences = {
  readonly file: string
  readonly values: Preferences
  readonly problem: string | null
  /** The part of the problem that may have cost a guard; null when every list could be read. */
  readonly guardProblem: string | null
}

export type SetPreference = { readonly ok: true; readonly values: Preferences } | { readonly ok: false; readonly problem: string }

/** One preference as it is shown and set: its value as text. */
export type PreferenceRow = { readonly key: string; readonly value: string; readonly about: string }
