import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { PolicyDocument, Statement } from '../../../src/policy/document.ts'
import { type CompiledPolicy, compilePolicy, contextKeysOf, evaluateRequest, isAllowed } from '../../../src/policy/evaluate/index.ts'
import { parsePolicy } from '../../../src/policy/parse.ts'
import { type Context, request, sourceOf } from './policies.ts'

const sample = new URL('../../../../shared/data/aws-managed-policies-sample.json.gz', import.meta.url)

type Managed = {
  readonly name: string
  readonly document: PolicyDocument
  readonly policies: { readonly identity: readonly CompiledPolicy[] }
}

function readSample(): Managed[] {
  const policies: Readonly<Record<string, { readonly document: unknown }>> = JSON.parse(gunzipSync(readFileSync(sample)).toString())
  return Object.entries(policies).map(([name, { document }]) => {
    const parsed = parsePolicy(JSON.stringify(document))
    if (!parsed.ok) throw new Error(`${name}: ${parsed.problem.message}`)
    return { name, document: parsed.document, policies: { identity: [compilePolicy(sourceOf(name), parsed.document)] } }
  })
}

const contexts: readonly Context[] = [
  {},
  {
    'aws:username': 'ann',
    'aws:PrincipalAccount': '123456789012',
    'aws:ResourceAccount': '123456789012',
    'aws:RequestedRegion': 'eu-west-1',
    'aws:TagKeys': ['team', 'aws:x'],
    'iam:PassedToService': 'ec2.amazonaws.com',
  },
]

/** A text that a pattern matches: each `*` is `x`, each `?` is `y`. */
const sampleOf = (pattern: string): string => (pattern === '*' ? pattern : pattern.replaceAll('*', 'x').replaceAll('?', 'y'))

const requestOn = ({ actions, resources }: Statement, context: Context) =>
  request(sampleOf(actions.patterns[0] ?? ''), sampleOf(resources.patterns[0] ?? ''), context)

if (!existsSync(sample)) test('skipped: the sample of AWS managed policies is not here', () => {})
else {
  describe('the policies that AWS manages', () => {
    const managed = readSample()

    test('use no operator that is unknown, and both ways decide alike on what each statement names', () => {
      const wrong = managed.filter(({ document, policies }) =>
        document.statements.some((statement) =>
          contexts.some((context) => {
            const asked = requestOn(statement, context)
            const { decision, layers } = evaluateRequest(policies, asked)
            const conditions = layers.flatMap(({ statements }) => statements.flatMap((one) => one.conditions))
            return isAllowed(policies, asked) !== (decision === 'allowed') || conditions.some(({ reason }) => reason === 'unknownOperator')
          }),
        ),
      )
      expect(wrong.map(({ name }) => name)).toEqual([])
    }, 60_000)

    test('allow what their Allow statements without conditions and variables name, unless a Deny speaks of it', () => {
      const silent = managed.flatMap(({ name, document, policies }) =>
        document.statements
          .filter(({ effect, actions, resources, condition }) => {
            return effect === 'Allow' && condition === null && actions.kind === 'Action' && resources.kind === 'Resource'
          })
          .flatMap(({ actions, resources }) =>
            resources.patterns
              .filter((resource) => !resource.includes('$'))
              .flatMap((resource) => actions.patterns.map((action) => request(sampleOf(action), sampleOf(resource)))),
          )
          .filter((asked) => !isAllowed(policies, asked) && evaluateRequest(policies, asked).decision === 'implicitDeny')
          .map(({ action }) => `${name} ${action}`),
      )
      expect(silent).toEqual([])
    }, 60_000)

    test('miss only keys that they ask about', () => {
      const wrong = managed.filter(({ document, policies }) => {
        const known = new Set(contextKeysOf(policies.identity).map((key) => key.toLowerCase()))
        const missing = document.statements.flatMap((statement) => evaluateRequest(policies, requestOn(statement, {})).missingContextValues)
        return missing.some((key) => !known.has(key.toLowerCase()))
      })
      expect(wrong.map(({ name }) => name)).toEqual([])
    }, 60_000)
  })
}
