import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newAccessIn } from '../../src/plan/proof.ts'
import { difference, hasIndex, indexesOf, intersection, isEmptySet } from '../../src/policy/action-set.ts'
import type { PolicyDocument } from '../../src/policy/document.ts'
import { editPolicyText } from '../../src/policy/edit-text.ts'
import { allowedActions, statementActions } from '../../src/policy/grants.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import { createPatternGrouper, type PatternGroup } from '../../src/policy/pattern-groups.ts'
import { draftPatterns, draftRewrite, type RewriteForm, type Wording } from '../../src/policy/rewrite.ts'
import { patternSet } from '../../src/policy/universe.ts'
import type { RawPolicy } from '../support/evaluator.ts'
import { random } from '../support/random.ts'
import { smallUniverse } from '../support/small-catalog.ts'

const universe = smallUniverse(['s3:GetFutureThing', 'other:Do'])

const read = (text: string): PolicyDocument => {
  const parsed = parsePolicy(text)
  if (!parsed.ok) throw new Error(`${parsed.problem.message}: ${text}`)
  return parsed.document
}

const inForm = (form: RewriteForm, ...open: string[]): Wording => ({
  form,
  keepsFuture: (service) => open.includes(service),
  group: createPatternGrouper(universe),
})

type Choice = (groups: readonly PatternGroup[]) => ReadonlySet<PatternGroup>
const literal: Choice = () => new Set()
const shortest: Choice = (groups) => new Set(groups)

function rewrite(document: PolicyDocument, removed: readonly string[], form: RewriteForm, choose: Choice): PolicyDocument | null {
  const draft = draftRewrite(universe, document, patternSet(universe, removed), inForm(form))
  const edits = new Map(
    draft.statements.map((statement) => [
      statement.index,
      statement.dropped ? null : { kind: statement.kind, patterns: draftPatterns(statement, choose(statement.groups)) },
    ]),
  )
  const text = editPolicyText(document.text, edits)
  return text === null ? null : read(text)
}

const name = fc.constantFrom(...universe.names)
const pattern = fc.oneof(
  { weight: 3, arbitrary: name },
  {
    weight: 3,
    arbitrary: fc
      .tuple(name, fc.nat(14))
      .map(([action, cut]) => `${action.slice(0, Math.max(action.indexOf(':') + 1, action.length - cut))}*`),
  },
  { weight: 1, arbitrary: fc.constantFrom('*', 's3:*', 's3:*Object', 's3:?etObject*', 'newservice:*', 'S3:GET*', 'iam:*', 'ec2:*Tags') },
)
const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    kind: fc.constantFrom('Action', 'Action', 'Action', 'NotAction'),
    patterns: fc.array(pattern, { minLength: 1, maxLength: 4 }),
    Resource: fc.constantFrom('*', 'arn:aws:s3:::a/*'),
  })
  .map(({ Effect, kind, patterns, Resource }) => ({ Effect, [kind]: patterns, Resource }))
const document = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((Statement) => read(JSON.stringify({ Version: '2012-10-17', Statement } as RawPolicy)))
const removed = fc.oneof(
  fc.array(name, { maxLength: 30 }),
  fc.array(pattern, { maxLength: 3 }),
  fc.constant(universe.names.filter((action) => action.startsWith('s3:'))),
)
const form = fc.constantFrom<RewriteForm>('list', 'except')
const choice = fc.constantFrom(literal, shortest, (groups: readonly PatternGroup[]) => new Set(groups.filter((_, at) => at % 2 === 0)))

describe('a rewrite', () => {
  it('takes away exactly what is removed, and gives nothing', () => {
    fc.assert(
      fc.property(document, removed, form, choice, (before, gone, wording, choose) => {
        const set = patternSet(universe, gone)
        const after = rewrite(before, gone, wording, choose)
        const left = after === null ? [] : [after]
        const allowed = allowedActions(universe, left)
        expect(indexesOf(allowed)).toEqual(indexesOf(difference(allowedActions(universe, [before]), set)))
        expect(newAccessIn(left, [before])).toBeNull()
      }),
      random(71, 2500),
    )
  })

  it('leaves every statement that loses nothing as it was, each Deny among them', () => {
    fc.assert(
      fc.property(document, removed, form, choice, (before, gone, wording, choose) => {
        const set = patternSet(universe, gone)
        const after = rewrite(before, gone, wording, choose)
        const untouched = before.statements.filter(
          (one) => one.effect === 'Deny' || isEmptySet(intersection(statementActions(universe, one), set)),
        )
        const texts = after?.statements.map(({ index: _index, ...rest }) => JSON.stringify(rest)) ?? []
        for (const { index: _index, ...rest } of untouched) expect(texts).toContain(JSON.stringify(rest))
      }),
      random(72, 1000),
    )
  })

  it('done twice with the same removal changes nothing the second time', () => {
    fc.assert(
      fc.property(document, removed, form, choice, (before, gone, wording, choose) => {
        const once = rewrite(before, gone, wording, choose)
        if (once !== null) expect(rewrite(once, gone, wording, choose)?.text).toBe(once.text)
      }),
      random(73, 1000),
    )
  })

  it('writes no wildcard that matches a removed action', () => {
    fc.assert(
      fc.property(document, removed, (before, gone) => {
        const set = patternSet(universe, gone)
        for (const { kind, groups } of draftRewrite(universe, before, set, inForm('list')).statements)
          for (const { wildcard } of groups)
            expect({ kind, wildcard, matched: universe.matches(wildcard).filter((index) => hasIndex(set, index)) }).toMatchObject({
              matched: [],
            })
      }),
      random(74, 1000),
    )
  })

  const one = (Action: string | readonly string[]): PolicyDocument =>
    read(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] }))
  const actionsOf = (after: PolicyDocument | null): readonly string[] | undefined => after?.statements[0]?.actions.patterns

  it('keeps a wildcard of a service that the catalog does not know, though nothing else of the statement stays', () => {
    expect(actionsOf(rewrite(one(['s3:DeleteBucket', 'brandnew:*']), ['s3:DeleteBucket'], 'list', literal))).toEqual(['brandnew:*'])
  })

  it('keeps an action outside the catalog that a list names, and one that a wildcard matches', () => {
    expect(
      actionsOf(
        rewrite(
          one(['s3:*']),
          universe.names.filter((action) => action.startsWith('s3:') && action !== 's3:GetFutureThing'),
          'list',
          literal,
        ),
      ),
    ).toEqual(['s3:GetFutureThing'])
  })

  it('writes the wildcards of a service whose future shall stay, and names the others', () => {
    const goes = (action: string): boolean => /^(s3|lambda):/.test(action) && !/^s3:Get|^lambda:GetFunction$/.test(action)
    const gone = universe.names.filter(goes)
    const [draft] = draftRewrite(universe, one(['s3:*', 'lambda:*']), patternSet(universe, gone), inForm('list', 's3')).statements
    expect(draft && draftPatterns(draft, new Set())).toEqual(['s3:Get*', 'lambda:GetFunction'])
    expect(draft?.dropsFuture).toEqual(['lambda', 's3'])
  })

  it('keeps all of a service of which nothing goes as one wildcard, and drops none of its future', () => {
    const gone = universe.names.filter((action) => !action.startsWith('sqs:'))
    const [draft] = draftRewrite(universe, one('*'), patternSet(universe, gone), inForm('list', 'sqs')).statements
    expect(draft && draftPatterns(draft, new Set())).toEqual(['sqs:*'])
    expect(draft?.dropsFuture).toEqual([])
  })

  it('says which services lose what AWS adds later', () => {
    const future = (actions: readonly string[], gone: readonly string[], wording: RewriteForm = 'list'): readonly string[] =>
      draftRewrite(universe, one(actions), patternSet(universe, gone), inForm(wording)).statements.flatMap(({ dropsFuture }) => dropsFuture)
    expect(future(['s3:*', 'sqs:*', 'kms:Decrypt'], ['s3:PutObject', 'kms:Decrypt'])).toEqual(['s3'])
    expect(
      future(
        ['*'],
        universe.names.filter((action) => !/^(s3|sqs):/.test(action)),
      ),
    ).toEqual(['s3', 'sqs'])
    expect(future(['*'], ['s3:PutObject'], 'except')).toEqual([])
  })

  it('writes all but the removed in one NotAction, never in two statements', () => {
    const before = read(JSON.stringify({ Statement: [{ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' }] }))
    const after = rewrite(before, ['s3:PutObject', 'sqs:SendMessage'], 'except', literal)
    expect(after?.statements).toMatchObject([{ actions: { kind: 'NotAction', patterns: ['iam:*', 's3:PutObject', 'sqs:SendMessage'] } }])
  })
})
