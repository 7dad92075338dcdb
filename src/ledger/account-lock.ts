import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as after } from 'node:timers/promises'
import { z } from 'zod'
import type { LockHolder, LockOptions, LockResult } from '../ports/ledger.ts'
import { contentHash } from './canonical-json.ts'
import { makePrivateFile } from './durable-file.ts'
import { asLedgerFailure, isBusy } from './sqlite-failure.ts'

/**
 * One writer per account over all processes of the machine. The lock is an exclusive transaction held open on a small SQLite
 * file of its own: the operating system drops it when the process ends, however it ends, so there is never a stale lock to
 * judge. Who holds it stands beside it in a JSON file, which is only ever shown, never believed.
 */
export type LockRequest = LockOptions & {
  readonly dataDir: string
  readonly accountKey: string
  readonly pollMs?: number
}

const holderSchema: z.ZodType<LockHolder> = z.object({ pid: z.int().positive(), since: z.string(), what: z.string() })

export async function lockAccount(request: LockRequest): Promise<LockResult> {
  const folder = join(request.dataDir, 'locks')
  const name = contentHash(request.accountKey).slice(0, 24)
  const file = join(folder, `${name}.sqlite`)
  const sidecar = join(folder, `${name}.json`)
  const deadline = performance.now() + request.waitMs
  try {
    makePrivateFile(file)
    for (;;) {
      const db = tryExclusive(file)
      if (db) return held(db, sidecar, request.what)
      if (performance.now() >= deadline || request.signal?.aborted === true) return { held: false, by: readHolder(sidecar) }
      await pause(Math.min(request.pollMs ?? 100, Math.max(1, deadline - performance.now())), request.signal)
    }
  } catch (error) {
    throw asLedgerFailure(error, file)
  }
}

/** Ends early, and quietly, when the signal aborts: the loop looks at it. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await after(ms, undefined, signal === undefined ? {} : { signal })
  } catch (error) {
    if (signal?.aborted !== true) throw error
  }
}

/** The connection that holds the lock, or null while another one does. */
function tryExclusive(file: string): DatabaseSync | null {
  const db = new DatabaseSync(file)
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
    return db
  } catch (error) {
    db.close()
    if (isBusy(error)) return null
    throw error
  }
}

function held(db: DatabaseSync, sidecar: string, what: string): LockResult {
  const holder: LockHolder = { pid: process.pid, since: new Date().toISOString(), what }
  const beside = `${sidecar}.${process.pid}`
  writeFileSync(beside, JSON.stringify(holder), { mode: 0o600 })
  renameSync(beside, sidecar)
  let isHeld = true
  return {
    held: true,
    release() {
      if (!isHeld) return
      isHeld = false
      rmSync(sidecar, { force: true })
      db.close()
    },
  }
}

/** Null when nobody says, or when the process that wrote it is gone (another one has just taken the lock over). */
function readHolder(sidecar: string): LockHolder | null {
  try {
    const holder = holderSchema.parse(JSON.parse(readFileSync(sidecar, 'utf8')))
    return isAlive(holder.pid) ? holder : null
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && Reflect.get(error, 'code') === 'EPERM'
  }
}
