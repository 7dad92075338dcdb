import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FaultFileProblem, parseFaultFile, scriptedFaults } from '../../src/sandbox/index.ts'

const file = (...faults: readonly unknown[]): string => JSON.stringify({ faults })

function problemOf(text: string): readonly [place: string, message: string] {
  try {
    parseFaultFile(text)
  } catch (error) {
    if (error instanceof FaultFileProblem) return [error.place, error.message]
    throw error
  }
  return ['', 'no problem']
}

test('a file of faults is a script', () => {
  const script = parseFaultFile(
    file(
      { operation: 'PutRolePolicy', n: 2, times: 2, verdict: { kind: 'throttle' } },
      { operation: '*', service: 'sts', verdict: { kind: 'delay', ms: 5 } },
    ),
  )
  const hook = scriptedFaults(script)
  const kindOf = (service: string, operation: string, n: number) => hook({ service, operation, params: {}, n })?.kind ?? null
  expect([1, 2, 3, 4].map((n) => kindOf('iam', 'PutRolePolicy', n))).toEqual([null, 'throttle', 'throttle', null])
  expect([kindOf('sts', 'AssumeRole', 9), kindOf('iam', 'GetRole', 1)]).toEqual(['delay', null])
})

test.each([
  ['{', '', /^no JSON: /],
  ['[]', '', /expected object/],
  [file({ verdict: { kind: 'throttle' } }), 'faults[0].operation', /expected string/],
  [file({ operation: 'A', verdict: { kind: 'throtle' } }), 'faults[0].verdict.kind', /^one of throttle, server-error, .* was expected$/],
  [file({ operation: 'A', verdict: { kind: 'delay' } }), 'faults[0].verdict.ms', /expected number/],
  [file({ operation: 'A', n: 0, verdict: { kind: 'throttle' } }), 'faults[0].n', />=1/],
  [file({ operation: 'A', nth: 1, verdict: { kind: 'throttle' } }), 'faults[0]', /nth/],
])('%s is refused at %s', (text, place, message) => {
  expect(problemOf(text)).toEqual([place, expect.stringMatching(message)])
})

test('the page on the embedded account shows a file that is taken, and names every kind of fault', () => {
  const page = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8')
  expect(parseFaultFile(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '')).toHaveLength(5)
  const [, message] = problemOf(file({ operation: 'A', verdict: { kind: 'none' } }))
  for (const kind of message.replace(/^one of | was expected$/g, '').split(', ')) expect(page).toContain(`\`${kind}\``)
})
