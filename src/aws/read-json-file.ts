import { readFile, stat } from 'node:fs/promises'
import { InputFailure } from '../ports/input-failure.ts'
import { findJsonError } from './find-json-error.ts'

/** One string cannot be longer than 512 MiB in V8; 5,000 roles are about 34 MB. */
const largestFile = 400 * 1024 * 1024

/** Reads one JSON file of the user. Throws `InputFailure`. */
export const readJsonFile = async (file: string): Promise<unknown> => parseJsonFile(file, await readFileBytes(file))

/** Throws `InputFailure`. */
export function parseJsonFile(file: string, bytes: Buffer): unknown {
  const text = decodeText(bytes)
  if (text.trim() === '') throw new InputFailure({ file, place: '', message: 'the file is empty, expected JSON' })
  try {
    return JSON.parse(text)
  } catch (error) {
    const { line, column, expected } = findJsonError(text)
    throw new InputFailure({ file, place: `line ${line}, column ${column}`, message: `not valid JSON: expected ${expected}`, cause: error })
  }
}

/** The bytes of such a file. Throws `InputFailure`. */
export async function readFileBytes(file: string): Promise<Buffer> {
  try {
    const facts = await stat(file)
    if (facts.isDirectory()) throw new InputFailure({ file, place: '', message: 'is a folder, expected a JSON file' })
    if (facts.size > largestFile) throw new InputFailure({ file, place: '', message: `is larger than ${largestFile / 1024 / 1024} MiB` })
    return await readFile(file)
  } catch (error) {
    if (error instanceof InputFailure) throw error
    throw new InputFailure({ file, place: '', message: whyUnreadable(error), cause: error })
  }
}

function whyUnreadable(error: unknown): string {
  const code: unknown = Object(error).code
  if (code === 'ENOENT') return 'no such file'
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read'
  return `cannot be read (${String(code ?? error)})`
}

/** A redirect in PowerShell writes UTF-16; some editors put a mark before UTF-8. */
function decodeText(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}
