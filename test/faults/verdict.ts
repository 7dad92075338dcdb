/** What must hold when a case is over, whatever happened in it. */
import type { RoleState } from '../../src/account/role-state.ts'
import { isInEffect, isOpen } from '../../src/change/lifecycle.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import type { Lab } from './lab.ts'
import type { Scene } from './scene.ts'
import { OTHERS } from './trouble.ts'

/** Where the role must be: one of the two, and where it is known which, there. */
export type Wanted = 'snapshot' | 'target' | 'either'

export type Judged = {
  readonly lab: Lab
  readonly scene: Scene
  readonly accountKey: string
  readonly ledger: Ledger
  readonly wanted: Wanted
}

/** Null when everything holds, else what does not. */
export async function verdictOn({ lab, scene, accountKey, ledger, wanted }: Judged): Promise<string | null> {
  const live = await lab.roleState('app')
  if (live === null) return 'the role is gone'
  const isSnapshot = sameButForOthers(live, scene.before.state)
  const isTarget = sameButForOthers(live, scene.after.state)
  if (!isSnapshot && !isTarget) return `the role is neither its snapshot nor its target: ${JSON.stringify(summary(live))}`
  if (wanted !== 'either' && !(wanted === 'snapshot' ? isSnapshot : isTarget)) return `the role is not its ${wanted}`
  const changes = ledger.changes(accountKey)
  const open = changes.find(isOpen)
  if (open !== undefined) return `a change is still open: ${open.kind}, ${open.state}`
  const newest = changes.find(({ undoes, stage }) => undoes === null && (stage ?? 0) === scene.stage)
  const inEffect = newest !== undefined && isInEffect(newest)
  if (isSnapshot !== isTarget && inEffect !== isTarget)
    return `the ledger says ${inEffect ? 'in effect' : 'not in effect'}, the role says otherwise`
  if (changes.some(({ snapshot }) => ledger.snapshot(snapshot) === null)) return 'a snapshot is lost'
  return isSnapshot && wanted !== 'target' ? leftOvers(lab, scene) : null
}

const summary = ({ inline, attached, managed, boundary, trust }: RoleState) => ({
  inline: inline.map(({ name, text }) => [name, text]).sort(),
  attached: attached.map(({ arn }) => arn).sort(),
  defaults: managed.map(({ arn, versions }) => [arn, versions.find(({ isDefault }) => isDefault)?.text]).sort(),
  boundary,
  trust,
})

/** What another admin wrote in the meantime counts neither for nor against. */
function sameButForOthers(a: RoleState, b: RoleState): boolean {
  const inline = new Set([...a.inline, ...b.inline].flatMap(({ name, text }) => (text === OTHERS ? [name] : [])))
  const managed = new Set([...a.managed, ...b.managed].flatMap(({ arn, versions }) => (versions.some(isTheirs) ? [arn] : [])))
  const clean = (state: RoleState) =>
    summary({
      ...state,
      inline: state.inline.filter(({ name }) => !inline.has(name)),
      managed: state.managed.filter(({ arn }) => !managed.has(arn)),
    })
  return JSON.stringify(clean(a)) === JSON.stringify(clean(b))
}

const isTheirs = ({ text, isDefault }: { text: string; isDefault: boolean }): boolean => isDefault && text === OTHERS

/** After a way back nothing of ours is left in the account, and no version of theirs is missing. */
async function leftOvers(lab: Lab, { before, operations }: Scene): Promise<string | null> {
  for (const operation of operations.apply) {
    if (operation.kind === 'CreatePolicy') {
      const orphan = await lab.live.managedPolicy(operation.policyArn)
      if (orphan !== null && !orphan.versions.some(isTheirs)) return `orphan policy ${operation.policyName}`
    }
    if (operation.kind !== 'CreatePolicyVersion') continue
    const texts = (policy: RoleState['managed'][number] | null | undefined): string =>
      JSON.stringify(
        policy?.versions
          .map(({ text }) => text)
          .filter((text) => text !== OTHERS)
          .sort(),
      )
    const then = before.state.managed.find(({ arn }) => arn === operation.policyArn)
    if (texts(await lab.live.managedPolicy(operation.policyArn)) !== texts(then))
      return `the versions of ${operation.policyArn} are others now`
  }
  return null
}
