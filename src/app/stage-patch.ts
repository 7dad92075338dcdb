import { iacPatch } from '../change/iac-patch.ts'
import type { PlanStage, RolePlan } from '../plan/plan.ts'
import type { Ledger } from '../ports/ledger.ts'

/** What infrastructure code owns is changed there: writes the stage as files and gives their folder. */
export function saveStagePatch(ledger: Pick<Ledger, 'savePatch'>, plan: RolePlan, stage: PlanStage): string {
  const name = `${plan.roleName.replaceAll(/[^\w.-]/g, '_')}-stage-${stage.n}-${stage.startHash.slice(0, 8)}`
  return ledger.savePatch(name, iacPatch(plan, stage))
}
