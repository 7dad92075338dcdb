import { type Fault, faults } from './faults.ts'
import { type Lab, openLab } from './lab.ts'
import { act, type Case, type Scene, type Shelf, setStage, type Way } from './run-case.ts'
import type { Variant } from './shapes.ts'

export type NamedCase = Case & { readonly name: string }

const WAYS: readonly Way[] = ['resume', 'rollback']

/** Every operation of the variant's richest stage × every fault × both ways out. The plan is made once and serves all of them. */
export async function casesOf(variant: Variant, shelf: Shelf): Promise<NamedCase[]> {
  const scene = await makeScene(variant, shelf)
  const { operations } = scene
  return operations.flatMap((operation, index) =>
    Object.entries(faults).flatMap(([faultName, fault]: [string, Fault]) =>
      WAYS.map((way) => ({
        scene,
        k: index + 1,
        fault,
        way,
        name: `${variant.shape} ${variant.n}, ${operation.kind} (${index + 1} of ${operations.length}), ${faultName}, ${way}`,
      })),
    ),
  )
}

async function makeScene(variant: Variant, shelf: Shelf): Promise<Scene> {
  const accountKey = shelf.nextKey()
  const lab = await openLab({ fixture: variant.fixture, ledger: shelf.ledger, accountKey, dataDir: shelf.dataDir })
  try {
    const planned = await planIn(lab, variant)
    await setStage(lab, planned)
    const done = await act(lab.process(), { variant, ...planned })
    const target = await lab.roleState('app')
    if (!done.ok || target === null) throw new Error(`${variant.shape} ${variant.n} cannot be applied`)
    const operations = shelf.ledger.change(done.value.changeId)?.operations.map(({ operation }) => operation) ?? []
    return { variant, ...planned, operations, target }
  } finally {
    lab.close()
  }
}

async function planIn(lab: Lab, variant: Variant): Promise<Pick<Scene, 'plan' | 'stage'>> {
  const planned = await lab.process().plan(['app'], { overlay: variant.act === 'overlay' })
  const [plan] = planned.ok ? planned.value.roles : []
  if (plan === undefined) throw new Error(`${variant.shape} ${variant.n} has no plan`)
  if (variant.act === 'quarantine') return { plan, stage: 0 }
  const [richest] = [...plan.stages].sort((a, b) => b.operations.length - a.operations.length)
  if (richest === undefined) throw new Error(`${variant.shape} ${variant.n} has nothing to remove`)
  return { plan, stage: richest.n }
}
