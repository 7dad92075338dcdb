import type { AwsAdvice } from '../app/aws-advice.ts'

const names: Readonly<Record<AwsAdvice['source'], string>> = {
  'finding-recommendation': "Access Analyzer's recommendation",
  'policy-generation': 'the policy generated from the trail',
}

const SHOWN = 3

/** What AWS itself proposes, each in a line or two: how it differs from ours, and why. */
export const adviceLines = (advice: readonly AwsAdvice[]): readonly string[] => advice.flatMap(linesOn)

function linesOn({ source, status, why, removes, onlyAws, onlyHere }: AwsAdvice): readonly string[] {
  const name = names[source]
  if (status !== 'connected') return [`${name}: ${status === 'pending' ? 'not ready' : 'none'}: ${why}`]
  const reasons = [...Map.groupBy(onlyAws, ({ state, reason }) => `${state}: ${reason}`)].toSorted(([, a], [, b]) => b.length - a.length)
  return [
    `${name} removes ${removes} actions (${why})`,
    ...reasons.slice(0, SHOWN).map(([reason, found]) => `  and we keep ${few(found.map(({ action }) => action))}: ${reason}`),
    ...(reasons.length > SHOWN ? [`  and we keep more for ${reasons.length - SHOWN} other reasons: see --json`] : []),
    ...(onlyHere.length === 0 ? [] : [`  and it keeps ${few(onlyHere)}, which nobody used`]),
  ]
}

const few = (actions: readonly string[]): string =>
  `${actions.slice(0, SHOWN).join(', ')}${actions.length > SHOWN ? ` and ${actions.length - SHOWN} more` : ''}`
