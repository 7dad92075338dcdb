import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { InputFailure } from '../ports/input-failure.ts'

/** For the owner alone, written beside and renamed: nothing is ever half-written. Throws `InputFailure`. */
export function writeWholeFile(file: string, text: string): void {
  const beside = `${file}.${process.pid}.part`
  try {
    writeFileSync(beside, text, { mode: 0o600 })
    renameSync(beside, file)
  } catch (cause) {
    rmSync(beside, { force: true })
    const why = cause instanceof Error ? Reflect.get(cause, 'code') : cause
    throw new InputFailure({ file, place: '', message: `cannot be written (${String(why)})`, cause })
  }
}
