/** A ledger that fails and a writer that dies, each at one place of a change. */
import type { OperationOutcome } from '../../src/change/change.ts'
import type { RoleWriter } from '../../src/ports/aws.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import { LedgerFailure } from '../../src/ports/ledger-failure.ts'
import type { StateFault } from './faults.ts'

/** The end of a process, where it is played in this one. */
export class Killed extends Error {}

type End = 'killed' | 'disk-full'

function end(kind: End): never {
  throw kind === 'killed' ? new Killed() : new LedgerFailure('The disk is full.')
}

export const failingAtOperation = (ledger: Ledger, k: number, { kind, at }: { kind: End; at: OperationOutcome }): Ledger => ({
  ...ledger,
  setOperation(changeId, number, result) {
    if (number === k && result.outcome === at) end(kind)
    ledger.setOperation(changeId, number, result)
  },
})

/** Fails from there on: a dead process says nothing more, and a full disk stays full. */
export function failingAtState(ledger: Ledger, { kind, state }: StateFault): Ledger {
  let reached = false
  return {
    ...ledger,
    setChangeState(changeId, next, at) {
      reached ||= next === state
      if (reached) end(kind === 'killed-at' ? 'killed' : 'disk-full')
      ledger.setChangeState(changeId, next, at)
    },
  }
}

/** A writer whose every call goes through `around`. */
export function throughAll(writer: RoleWriter, around: <T>(call: () => Promise<T>) => Promise<T>): RoleWriter {
  return {
    putRolePolicy: (...args) => around(() => writer.putRolePolicy(...args)),
    deleteRolePolicy: (...args) => around(() => writer.deleteRolePolicy(...args)),
    attachRolePolicy: (...args) => around(() => writer.attachRolePolicy(...args)),
    detachRolePolicy: (...args) => around(() => writer.detachRolePolicy(...args)),
    updateAssumeRolePolicy: (...args) => around(() => writer.updateAssumeRolePolicy(...args)),
    createPolicy: (...args) => around(() => writer.createPolicy(...args)),
    createPolicyVersion: (...args) => around(() => writer.createPolicyVersion(...args)),
    setDefaultPolicyVersion: (...args) => around(() => writer.setDefaultPolicyVersion(...args)),
    deletePolicyVersion: (...args) => around(() => writer.deletePolicyVersion(...args)),
    deletePolicy: (...args) => around(() => writer.deletePolicy(...args)),
  }
}
