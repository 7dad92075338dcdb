import type { PolicyDocument, PolicyVersion, Statement } from '../document.ts'
import { type CompiledCondition, compileConditions } from './condition.ts'
import { type CompiledElement, compileAction, compileResource } from './element.ts'
import type { PolicySource } from './verdict.ts'

/** A statement ready to be held against requests. The principals of trust and resource policies will be one element more. */
export type CompiledStatement = {
  readonly statement: Statement
  readonly action: CompiledElement
  readonly resource: CompiledElement
  readonly conditions: readonly CompiledCondition[]
}

/** A document ready to be held against requests, with its label. Compile once, ask often. */
export type CompiledPolicy = { readonly source: PolicySource; readonly statements: readonly CompiledStatement[] }

export const compilePolicy = (source: PolicySource, { version, statements }: PolicyDocument): CompiledPolicy => ({
  source,
  statements: statements.map((statement) => compileStatement(statement, version)),
})

const compileStatement = (statement: Statement, version: PolicyVersion): CompiledStatement => ({
  statement,
  action: compileAction(statement.actions),
  resource: compileResource(statement.resources, version),
  conditions: compileConditions(statement.condition, version),
})
