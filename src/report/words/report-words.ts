import { en, type ReportWords } from './en.ts'
import { ja } from './ja.ts'

export type { ReportWords }

export const reportWords = (lang: 'en' | 'ja'): ReportWords => (lang === 'ja' ? ja : en)
