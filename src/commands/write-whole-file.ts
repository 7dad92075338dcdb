import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { InputFailure } from '../ports/input-failure.ts'

type Pieces = readonly string[] | Generator<string>

/** For the owner alone, written beside and renamed: nothing is ever half-written. Throws `InputFailure`. */
export function writeWholeFile(file: string, pieces: Pieces): void {
  const beside = `${file}.${process.pid}.part`
  try {
    writePieces(beside, pieces)
    renameSync(beside, file)
  } catch (cause) {
    rmSync(beside, { force: true })
    const why = cause instanceof Error ? Reflect.get(cause, 'code') : cause
    throw new InputFailure({ file, place: '', message: `cannot be written (${String(why)})`, cause })
  }
}

function writePieces(file: string, pieces: Pieces): void {
  const opened = openSync(file, 'w', 0o600)
  try {
    for (const piece of pieces) writeFileSync(opened, piece)
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
