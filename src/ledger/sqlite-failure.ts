import { LedgerFailure } from '../ports/ledger-failure.ts'

export const damaged = (file: string, what: string): string =>
  `The ledger ${file} is damaged (${what}). Nothing was deleted: move it away together with its -wal and -shm files, or use another --data-dir. The restore scripts beside it still work.`

/** SQLite's primary result codes (https://sqlite.org/rescode.html) that a disk or another process can cause. */
const BUSY = 5
const explanations: Readonly<Record<number, (file: string) => string>> = {
  [BUSY]: (file) => `Another zt-tui is writing to the ledger ${file} and does not finish: try again.`,
  8: (file) => `The ledger ${file} cannot be written: make it and its directory writable, or use another --data-dir.`,
  10: (file) => `The disk failed while the ledger ${file} was read or written: check it, or use another --data-dir.`,
  11: (file) => damaged(file, 'its pages contradict each other'),
  13: (file) => `The disk is full: the ledger ${file} could not be written. Nothing was changed; free some space and try again.`,
  14: (file) => `The ledger ${file} cannot be opened: check that its directory exists and is writable, or use another --data-dir.`,
  23: (file) => `No permission to open the ledger ${file}: check its rights, or use another --data-dir.`,
  26: (file) => damaged(file, 'it is no SQLite database'),
}

/** Errors of the file system on the way to the file. */
const systemExplanations: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of its path is a file, not a directory',
  EEXIST: 'a part of its path is a file, not a directory',
  EISDIR: 'it is a directory',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'its path is too long',
  ELOOP: 'its path is a loop of links',
}

const field = (error: unknown, name: string): unknown => (error instanceof Error ? Reflect.get(error, name) : undefined)

/** Extended result codes carry the primary one in their low byte. */
const primaryCode = (error: unknown): number | null => {
  const code = field(error, 'errcode')
  return typeof code === 'number' ? code & 0xff : null
}

export const isBusy = (error: unknown): boolean => primaryCode(error) === BUSY

/** Any failure of SQLite or the file system, as the one line for people. What is neither is a bug and passes as it is. */
export function asLedgerFailure(error: unknown, file: string): unknown {
  if (error instanceof LedgerFailure) return error
  const code = primaryCode(error)
  if (code !== null) {
    const explain = explanations[code]
    const message = explain ? explain(file) : `The ledger ${file} failed: ${error instanceof Error ? error.message : code}.`
    return new LedgerFailure(message, { cause: error })
  }
  const system = field(error, 'code')
  if (typeof system !== 'string' || typeof field(error, 'syscall') !== 'string') return error
  return new LedgerFailure(`${file} cannot be written: ${systemExplanations[system] ?? system}. Use another --data-dir or put it right.`, {
    cause: error,
  })
}
