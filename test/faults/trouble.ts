/** Makes the fault of a case happen: in the ledger, at AWS, by the hands of another admin. */
import type { ChangeProgress } from '../../src/app/use-cases.ts'
import type { Operation } from '../../src/plan/operation.ts'
import type { RoleWriter } from '../../src/ports/aws.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import type { FaultCall, FaultVerdict } from '../../src/sandbox/index.ts'
import { failingAtOperation, failingAtState, Killed, throughAll } from './deadly.ts'
import type { Fault, StateFault } from './faults.ts'
import type { Lab } from './lab.ts'

/** What the first process is handed in place of the real thing. */
export type Trouble = {
  readonly ledger: Ledger
  readonly writer: RoleWriter
  readonly onProgress: (progress: ChangeProgress) => void
}

/** Where it happens: at the k-th operation, once the journal says that it has begun. */
export type Place = { readonly k: number; readonly operation: Operation }

type Due = () => boolean

export const ADDED = 'added-by-another-admin'

/** What another admin writes: nothing that anybody else has. */
export const OTHERS =
  '{"Version":"2012-10-17","Statement":[{"Sid":"Others","Effect":"Allow","Action":"sts:GetCallerIdentity","Resource":"*"}]}'

export function makeTrouble(lab: Lab, ledger: Ledger, fault: Fault | StateFault, place: Place | null): Trouble {
  let isDue = false
  const onProgress = ({ phase, k, outcome }: ChangeProgress): void => {
    if (phase === 'operation' && k === place?.k && outcome === 'started') isDue = true
  }
  return { ledger, writer: lab.writer, onProgress, ...specialTrouble(lab, ledger, fault, { place, due: () => isDue }) }
}

function specialTrouble(
  lab: Lab,
  ledger: Ledger,
  fault: Fault | StateFault,
  { place, due }: { place: Place | null; due: Due },
): Partial<Trouble> {
  switch (fault.kind) {
    case 'killed-at':
    case 'disk-full-at':
      return { ledger: failingAtState(ledger, fault) }
    case 'killed':
    case 'disk-full':
      return { ledger: failingAtOperation(ledger, place?.k ?? 0, fault) }
    case 'killed-and-stale':
      answerWrites(lab, due, 1, { kind: 'stale-reads', seconds: fault.seconds })
      return { writer: dyingAfterTheCall(lab.writer, due) }
    case 'killed-undoing':
      answerWrites(lab, due, 1, { kind: 'error', code: 'LimitExceeded', status: 409, message: 'injected' })
      return { writer: dyingAfterRefusal(lab.writer, due, fault.call) }
    case 'aws':
      answerWrites(lab, due, fault.times, fault.verdict)
      return {}
    case 'timeout':
      loseAnswer(lab, due, fault.carriedOut)
      return {}
    case 'edit':
      if (place !== null) editFirst(lab, due, fault.what === 'same' ? sameEdit(place.operation) : unrelatedEdit)
      return {}
  }
}

const isWrite = ({ operation }: FaultCall): boolean => /^(Put|Delete|Create|Attach|Detach|Set)/.test(operation)

function answerWrites(lab: Lab, due: Due, times: number, verdict: FaultVerdict): void {
  let left = times
  lab.setFaults((call) => (due() && isWrite(call) && left-- > 0 ? verdict : null))
}

/** The SDK gives up waiting: its error is not that of a connection that broke. */
function loseAnswer(lab: Lab, due: Due, carriedOut: boolean): void {
  let left = 1
  lab.setFaults(
    (call) => (due() && isWrite(call) && left-- > 0 ? { kind: carriedOut ? 'response-lost' : 'connection-reset' } : null),
    () => {
      lab.clock.advance(60_000)
      return Object.assign(new Error('Connection timed out after 60000 ms'), { name: 'TimeoutError' })
    },
  )
}

const dyingAfterTheCall = (writer: RoleWriter, due: Due): RoleWriter =>
  throughAll(writer, async (call) => {
    const answer = await call()
    if (due()) throw new Killed()
    return answer
  })

/** The first call that is due is refused; of the calls after it, which take things back, the n-th is the last thing that happens. */
function dyingAfterRefusal(writer: RoleWriter, due: Due, n: number): RoleWriter {
  let calls = 0
  return throughAll(writer, async (call) => {
    if (due() && calls++ === n) throw new Killed()
    return call()
  })
}

type Edit = Pick<Extract<FaultVerdict, { kind: 'edit' }>, 'operation' | 'params'>

/** Before the first call that is due, which looks, another admin was there. */
function editFirst(lab: Lab, due: Due, edit: Edit): void {
  let made = false
  lab.setFaults(() => {
    if (!due() || made) return null
    made = true
    return { kind: 'edit', ...edit, when: 'before' }
  })
}

const unrelatedEdit: Edit = {
  operation: 'PutRolePolicy',
  params: { RoleName: 'app', PolicyName: ADDED, PolicyDocument: OTHERS },
}

const OTHERS_TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})

function sameEdit(operation: Operation): Edit {
  switch (operation.kind) {
    case 'PutRolePolicy':
    case 'DeleteRolePolicy':
      return { operation: 'PutRolePolicy', params: { RoleName: 'app', PolicyName: operation.policyName, PolicyDocument: OTHERS } }
    case 'AttachRolePolicy':
    case 'DetachRolePolicy':
      return { operation: operation.kind, params: { RoleName: 'app', PolicyArn: operation.policyArn } }
    case 'UpdateAssumeRolePolicy':
      return { operation: operation.kind, params: { RoleName: 'app', PolicyDocument: OTHERS_TRUST } }
    case 'CreatePolicy':
      return { operation: 'CreatePolicy', params: { PolicyName: operation.policyName, Path: operation.path, PolicyDocument: OTHERS } }
    default:
      return {
        operation: 'CreatePolicyVersion',
        params: { PolicyArn: operation.policyArn, PolicyDocument: OTHERS, SetAsDefault: 'true' },
      }
  }
}
