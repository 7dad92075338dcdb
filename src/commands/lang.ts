type Environment = Readonly<Record<string, string | undefined>>

/** The language that was asked for, else that of the locale, as gettext reads it. */
export const langOf = (asked: 'en' | 'ja' | null, { LC_ALL, LC_MESSAGES, LANG }: Environment): 'en' | 'ja' =>
  asked ?? (/^ja/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'ja' : 'en')
