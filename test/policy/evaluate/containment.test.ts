import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atomsOf, covers, createPlacer } from '../../../src/policy/cover.ts'
import type { PolicyDocument } from '../../../src/policy/document.ts'
import { isAllowed } from '../../../src/policy/evaluate/index.ts'
import { asked, compiled, manyRuns, statement, version } from './arbitraries.ts'
import { documentOf, type WrittenStatement } from './policies.ts'

/** The parts of a document's one statement, a document each: one action pattern on one resource pattern, a `Not…` element whole. */
function partsOf({ version: of, statements }: PolicyDocument): PolicyDocument[] {
  return statements.flatMap(({ actions, resources, condition: block }) =>
    partPatterns(actions).flatMap((someActions) =>
      partPatterns(resources).map((someResources) =>
        documentOf([{ [actions.kind]: someActions, [resources.kind]: someResources, ...(block === null ? {} : { Condition: block }) }], of),
      ),
    ),
  )
}

const partPatterns = ({ kind, patterns }: { readonly kind: string; readonly patterns: readonly string[] }): (readonly string[])[] =>
  kind.startsWith('Not') ? [patterns] : patterns.map((pattern) => [pattern])

describe('containment', () => {
  const allow = fc.tuple(statement(fc.constant('Allow')), version).map(([one, of]) => documentOf([one], of))
  /** A second statement that often has parts of the first, so that containment is common. */
  const pair = fc
    .tuple(statement(fc.constant('Allow')), statement(fc.constant('Allow')), fc.boolean(), version, version)
    .map(
      ([outer, inner, alike, v, w]) =>
        [documentOf([outer], v), documentOf([alike ? { ...outer, ...narrowed(outer, inner) } : inner], w)] as const,
    )

  test('what a statement covers is allowed by it in every request that the covered part allows', () => {
    let held = 0
    fc.assert(
      fc.property(fc.oneof(pair, fc.tuple(allow, allow)), fc.array(asked, { minLength: 5, maxLength: 5 }), ([outer, inner], requests) => {
        const place = createPlacer()
        for (const part of partsOf(inner)) {
          const atoms = place(part).allows.flatMap(atomsOf)
          if (!place(outer).allows.some((one) => atoms.every((atom) => covers(one, atom)))) continue
          for (const one of requests) {
            if (!isAllowed({ identity: [compiled(part)] }, one)) continue
            held += 1
            expect(isAllowed({ identity: [compiled(outer)] }, one)).toBe(true)
          }
        }
      }),
      manyRuns,
    )
    expect(held).toBeGreaterThan(200)
  })

  test('a statement allows exactly what its parts allow', () => {
    fc.assert(
      fc.property(allow, asked, (one, question) => {
        const parts = partsOf(one).map(compiled)
        expect(isAllowed({ identity: parts }, question)).toBe(isAllowed({ identity: [compiled(one)] }, question))
      }),
      manyRuns,
    )
  })

  /** The inner patterns on the outer's condition, or with the outer's resources. */
  function narrowed(outer: WrittenStatement, inner: WrittenStatement): WrittenStatement {
    const { Action = null, Condition = null } = inner
    return {
      ...('Action' in outer && Action !== null ? { Action } : {}),
      ...('Condition' in outer || Condition === null ? {} : { Condition }),
    }
  }
})
