import type { PolicyDocument } from '../../../src/policy/document.ts'
import {
  type AccessRequest,
  type CompiledPolicy,
  compilePolicy,
  type PolicySource,
  requestContext,
} from '../../../src/policy/evaluate/index.ts'
import { parsePolicy } from '../../../src/policy/parse.ts'

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json }

/** A statement as a test writes it: on everything, allowed, unless it says otherwise. */
export type WrittenStatement = { readonly [element: string]: Json }

export type DocumentVersion = '2008-10-17' | '2012-10-17'

export function documentOf(statements: readonly WrittenStatement[], version: DocumentVersion = '2012-10-17'): PolicyDocument {
  const written = statements.map((statement) => ({
    Effect: 'Allow',
    ...('NotAction' in statement ? {} : { Action: '*' }),
    ...('NotResource' in statement ? {} : { Resource: '*' }),
    ...statement,
  }))
  const parsed = parsePolicy(JSON.stringify({ Version: version, Statement: written }))
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.document
}

export const sourceOf = (name: string, arn?: string): PolicySource => ({
  id: name,
  name,
  kind: arn === undefined ? 'inline' : 'customerManaged',
  ...(arn === undefined ? {} : { arn }),
})

export const policyOf = (name: string, ...statements: readonly WrittenStatement[]): CompiledPolicy =>
  compilePolicy(sourceOf(name), documentOf(statements))

export type Context = Readonly<Record<string, string | readonly string[]>>

export const request = (action: string, resource = '*', context: Context = {}): AccessRequest => ({
  principal: 'arn:aws:iam::123456789012:role/web',
  action,
  resource,
  context: requestContext(Object.entries(context)),
})
