import type { z } from 'zod'

/** Where a source has the wrong shape, as a path into the JSON (`Policies[2].Arn`), and what was expected there. */
export type ShapeProblem = { readonly place: string; readonly message: string }

export function describeIssue(error: z.ZodError): ShapeProblem {
  const issue = error.issues[0]
  const place = (issue?.path ?? []).map(describeStep).join('').replace(/^\./, '')
  return {
    place,
    message: (issue?.message ?? 'unexpected shape').replace(/^Invalid (input|option): /, '').replace(/^Invalid input$/, 'not understood'),
  }
}

function describeStep(step: PropertyKey): string {
  if (typeof step === 'number') return `[${step}]`
  return /^\w+$/.test(String(step)) ? `.${String(step)}` : `[${JSON.stringify(String(step))}]`
}
