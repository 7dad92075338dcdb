/**
 * One case of the fault matrix: a stage is applied or taken back, something goes wrong at its k-th operation, the fault is
 * lifted, and the next process takes one of both ways out. Afterwards the role must equal its snapshot or its target (edits of
 * others apart), the ledger must say which, and nothing may be left over or lost.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Refusal, UseCases } from '../../src/app/use-cases.ts'
import { Killed } from './deadly.ts'
import type { Fault, StateFault } from './faults.ts'
import { type Lab, openLab } from './lab.ts'
import { act, type Course, type Scene, stageMoment } from './scene.ts'
import type { Shelf } from './shelf.ts'
import { ADDED, makeTrouble, type Place } from './trouble.ts'
import { verdictOn, type Wanted } from './verdict.ts'

export type Way = 'resume' | 'rollback'

export type Case = {
  readonly scene: Scene
  readonly course: Course
  readonly fault: Fault | StateFault
  /** Null where the fault is between operations. */
  readonly place: Place | null
  readonly way: Way
}

/** Null when everything holds, else what does not. */
export async function runCase(theCase: Case, shelf: Shelf): Promise<string | null> {
  const accountKey = prepareCase(theCase, shelf)
  return withAccount(theCase, { shelf, accountKey }, async (lab) => {
    await attempt(lab, theCase, shelf)
    lab.setFaults(null)
    return takeWayOut(lab, theCase, { shelf, accountKey })
  })
}

/** The second half, where the first process was another one and is dead. */
export function finishCase(theCase: Case, shelf: Shelf, accountKey: string): Promise<string | null> {
  return withAccount(theCase, { shelf, accountKey }, (lab) => takeWayOut(lab, theCase, { shelf, accountKey }))
}

/** Puts the account and its ledger where the case begins. Gives the case's key. */
export function prepareCase({ scene, course }: Case, shelf: Shelf): string {
  const accountKey = shelf.nextKey()
  stageMoment(course === 'apply' ? scene.before : scene.after, shelf, accountKey)
  return accountKey
}

type Standpoint = { readonly shelf: Shelf; readonly accountKey: string }

async function withAccount({ scene }: Case, { shelf, accountKey }: Standpoint, body: (lab: Lab) => Promise<string | null>) {
  const { ledger, dataDir, wires, catalog } = shelf
  const database = join(dataDir, `${accountKey}.sqlite`)
  const lab = await openLab({ database, ledger, accountKey, dataDir, wires, catalog, caller: scene.caller })
  try {
    return await body(lab)
  } finally {
    lab.close()
    for (const end of ['', '-wal', '-shm']) rmSync(`${database}${end}`, { force: true })
  }
}

/** The first process. A kill leaves it as an exception, everything else as an answer. */
async function attempt(lab: Lab, { scene, course, fault, place }: Case, { ledger }: Shelf): Promise<void> {
  const trouble = makeTrouble(lab, ledger, fault, place)
  try {
    await act(course, lab.process({ ledger: trouble.ledger, writer: trouble.writer }), scene, { onProgress: trouble.onProgress })
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
}

const AFTER: Readonly<Record<Course, Readonly<Record<Way, Wanted>>>> = {
  apply: { resume: 'target', rollback: 'snapshot' },
  rollback: { resume: 'snapshot', rollback: 'target' },
}

/**
 * A change that another admin came between is not resumed over what they did, but it can be taken back; what becomes of their
 * edit is chosen, one way or the other. Where their policy takes the room that the way back needs, they are asked to remove it.
 */
async function makeUpWithOthers(lab: Lab, { course, place, way }: Case, { next, refusal }: { next: UseCases; refusal: Refusal }) {
  if (refusal.message.includes('LimitExceeded')) await lab.writer.deleteRolePolicy('app', ADDED)
  const [open] = await next.interrupted()
  const drift = (place?.k ?? 0) % 2 === 0 ? 'theirs' : 'snapshot'
  return next.recover(open?.changeId ?? '', course === 'apply' ? 'rollback' : way, { drift })
}

/** The next process finds an open change and finishes it one way or the other; where none is open, there may be one to undo. */
async function takeWayOut(lab: Lab, theCase: Case, { shelf: { ledger }, accountKey }: Standpoint): Promise<string | null> {
  const { way, scene, course, fault } = theCase
  const next = lab.process()
  const [open, another] = await next.interrupted()
  if (another !== undefined) return 'two changes are open'
  const judged = { lab, scene, accountKey, ledger }
  if (open !== undefined) {
    const outcome = await next.recover(open.changeId, way)
    if (outcome.ok) return verdictOn({ ...judged, wanted: AFTER[course][way] })
    const instead = fault.kind === 'edit' ? await makeUpWithOthers(lab, theCase, { next, refusal: outcome.refusal }) : outcome
    if (!instead.ok) return `recover by ${way}: ${instead.refusal.id}: ${instead.refusal.message}`
    return verdictOn({ ...judged, wanted: course === 'apply' ? 'snapshot' : AFTER.rollback[way] })
  }
  if (way === 'resume') return verdictOn({ ...judged, wanted: 'either' })
  const newest = await next.undoable('app')
  const isStage = newest.ok && (newest.value.stage ?? 0) === scene.stage
  const outcome = isStage ? await next.rollback(newest.value.changeId) : null
  if (outcome?.ok === false) return `rollback: ${outcome.refusal.id}: ${outcome.refusal.message}`
  return verdictOn({ ...judged, wanted: 'snapshot' })
}
