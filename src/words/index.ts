import { en, type Words } from './en.ts'
import { ja } from './ja.ts'

export type { Words }

export type Lang = 'en' | 'ja'

const languages: Readonly<Record<Lang, Words>> = { en, ja }

export const wordsOf = (lang: Lang): Words => languages[lang]
