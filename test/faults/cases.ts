import { type Fault, faults, type StateFault, statesOf } from './faults.ts'
import type { Case, Way } from './run-case.ts'
import { type Course, makeScene, type Scene } from './scene.ts'
import type { Variant } from './shapes.ts'
import type { Shelf } from './shelf.ts'

export type NamedCase = Case & { readonly name: string; readonly faultName: string }

const WAYS: readonly Way[] = ['resume', 'rollback']
const COURSES: readonly Course[] = ['apply', 'rollback']
const STATE_FAULTS: readonly StateFault['kind'][] = ['killed-at', 'disk-full-at']

/**
 * The variant's richest stage and its rollback: every operation × every fault, and every state of the change × death and a full
 * disk, × both ways out.
 */
export async function casesOf(variant: Variant, shelf: Shelf): Promise<NamedCase[]> {
  const scene = await makeScene(variant, shelf)
  return COURSES.flatMap((course) => [...operationCases(scene, course), ...stateCases(scene, course)]).map((theCase) => ({
    ...theCase,
    name: `${variant.shape} ${variant.n}, ${theCase.name}, then ${theCase.way}`,
  }))
}

function operationCases(scene: Scene, course: Course): NamedCase[] {
  const operations = scene.operations[course]
  return operations.flatMap((operation, index) =>
    Object.entries(faults).flatMap(([faultName, fault]: [string, Fault]) =>
      WAYS.map((way) => {
        const name = `${course}: ${operation.kind} (${index + 1} of ${operations.length}), ${faultName}`
        return { scene, course, fault, place: { k: index + 1, operation }, way, name, faultName }
      }),
    ),
  )
}

const stateCases = (scene: Scene, course: Course): NamedCase[] =>
  statesOf[course].flatMap((state) =>
    STATE_FAULTS.flatMap((kind) =>
      WAYS.map((way) => {
        const faultName = kind === 'killed-at' ? 'killed between operations' : 'disk full between operations'
        return { scene, course, fault: { kind, state }, place: null, way, name: `${course}: ${faultName}, before ${state}`, faultName }
      }),
    ),
  )
