import { AwsError } from '../aws-error.ts'

export function malformedPolicy(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', 400, message)
}

export const SYNTAX_ERRORS = 'Syntax errors in policy.'

/** A document's top level as plain JSON, or AWS's refusal. */
export function readJsonObject(text: string): Readonly<Record<string, unknown>> {
  const parsed = parseJson(text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw malformedPolicy(SYNTAX_ERRORS)
  return Object.fromEntries(Object.entries(parsed))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** `Statement` as a list: one object or several, never none. */
export function readStatements(document: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] {
  const statements = listOf(document.Statement)
  if (statements.length === 0) throw malformedPolicy(SYNTAX_ERRORS)
  return statements.map((statement) => {
    if (typeof statement !== 'object' || statement === null) throw malformedPolicy(SYNTAX_ERRORS)
    return Object.fromEntries(Object.entries(statement))
  })
}

export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
