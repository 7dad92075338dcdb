/** Equal texts, or texts that are the same JSON: some servers lay a document out again. */
export function sameDocument(a: string | null, b: string | null): boolean {
  if (a === b) return true
  if (a === null || b === null) return false
  const [left, right] = [readJson(a), readJson(b)]
  return left !== null && left === right
}

function readJson(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return null
  }
}
