import { clean } from '../words/clean.ts'
import type { Words } from '../words/index.ts'

/** What is printed on the terminal that has been given back: what happened, that nothing is lost, what to run. No stack. */
export function crashReport(words: Words, error: unknown, dataDir: string): string {
  const message = error instanceof Error ? error.message : String(error)
  return [words.crash.happened(clean(message)), words.crash.safe(clean(dataDir)), words.crash.recover, ''].join('\n')
}
