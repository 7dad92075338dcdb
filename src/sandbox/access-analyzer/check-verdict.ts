/** A statement that breaks what a custom policy check demands. */
export type GuiltyStatement = { readonly index: number; readonly sid: string | null }

export type Words = { readonly pass: string; readonly fail: string; reason(index: number): string }

export function verdict(guilty: readonly GuiltyStatement[], words: Words) {
  if (guilty.length === 0) return { result: 'PASS', message: words.pass }
  const statements = new Map(guilty.map((statement) => [statement.index, statement]))
  const reasons = [...statements.values()].map(({ index, sid }) => ({
    description: words.reason(index),
    statementIndex: index,
    ...(sid === null ? {} : { statementId: sid }),
  }))
  return { result: 'FAIL', message: words.fail, reasons }
}
