/** A change may begin between these times only: days of the week and times of the clock of this machine. */
export type ChangeWindow = { readonly days: readonly string[]; readonly from: string; readonly to: string }

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
  readonly thresholds: {
    /** Percent of unused actions from which the list sets a role off. */
    readonly unused: number
  }
}

export type PreferenceKey = keyof Preferences

/** Preferences as they were read: what could not be read is told and stands at its default. */
export type ReadPreferences = { readonly file: string; readonly values: Preferences; readonly problem: string | null }

export type SetPreference = { readonly ok: true; readonly values: Preferences } | { readonly ok: false; readonly problem: string }
