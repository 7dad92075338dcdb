import type { Iso } from '../../policy/names.ts'
import type { RiskGrade } from '../../risk/score.ts'
import type { Level } from '../statistics.ts'
import type { ReportWords } from '../words/report-words.ts'
import type { Cell } from './document.ts'

const ORDER: readonly (Level | RiskGrade)[] = ['low', 'medium', 'medium-high', 'high', 'critical']

export const levelCell = (words: ReportWords, level: Level | RiskGrade): Cell => ({
  kind: 'sorted',
  text: [{ level, text: words.levels[level] }],
  sort: ORDER.indexOf(level),
})

export const dayOf = (words: ReportWords, at: Iso | null): string => (at === null ? words.never : at.slice(0, 10))

export const dayCell = (words: ReportWords, at: Iso | null): Cell => ({ kind: 'sorted', text: [dayOf(words, at)], sort: at ?? '' })

/** `2026-03-01 10:00 UTC`. */
export const instantOf = (at: Iso): string => `${at.slice(0, 16).replace('T', ' ')} UTC`

/** Thousands apart, the same in every language. */
export const countText = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')
