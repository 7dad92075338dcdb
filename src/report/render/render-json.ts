import type { StatusReport } from '../status-report.ts'
import type { ReportWords } from '../words/report-words.ts'

/**
 * The report as contract.md has it: ids stay as they are, and beside them stand the words that people read (`impact`,
 * `risk`, `action`, `advice`, `text`).
 */
export function reportValue({ meta, scope, statistics, findings, usage, actions, inventory, settings }: StatusReport, words: ReportWords) {
  const worded = (of: StatusReport['actions'][keyof StatusReport['actions']]) =>
    of.map(({ id, targets }) => ({ id, text: words.actions[id], targets }))
  return {
    meta: { ...meta, lang: words.lang },
    scope,
    statistics,
    findings: {
      ...findings,
      zombies: findings.zombies.map((zombie) => ({ ...zombie, impact: zombie.impacts.map((id) => words.impacts[id]).join('; ') })),
      externalAccess: findings.externalAccess.map(({ risk, urgency, ...rest }) => ({
        ...rest,
        riskId: risk,
        risk: words.externalRisks[risk],
        urgency,
        action: words.urgencies[urgency],
      })),
    },
    usage: {
      ...usage,
      leastUsed: usage.leastUsed.map(({ advice, ...role }) => ({ ...role, adviceId: advice, advice: words.usageAdvice[advice] })),
    },
    actions: { within24h: worded(actions.within24h), weeks1to2: worded(actions.weeks1to2), month1: worded(actions.month1) },
    inventory,
    settings,
  }
}
