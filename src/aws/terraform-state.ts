import { z } from 'zod'
import type { Arn } from '../policy/names.ts'
import { InputFailure } from '../ports/input-failure.ts'
import { readJsonFile } from './read-json-file.ts'

type StateModule = {
  readonly resources?: readonly StateResource[] | undefined
  readonly child_modules?: readonly StateModule[] | undefined
}
type StateResource = z.output<typeof shownResource>

const attributes = z.looseObject({ arn: z.string().nullish() })

/** A resource as the state file itself keeps it. */
const keptResource = z.looseObject({
  mode: z.string().optional(),
  module: z.string().optional(),
  type: z.string(),
  name: z.string(),
  instances: z.array(z.looseObject({ index_key: z.union([z.string(), z.number()]).nullish(), attributes: attributes.nullish() })),
})

/** A resource as `terraform show -json` prints it. */
const shownResource = z.looseObject({ address: z.string(), mode: z.string().optional(), type: z.string(), values: attributes.nullish() })

const stateModule: z.ZodType<StateModule> = z.looseObject({
  resources: z.array(shownResource).optional(),
  get child_modules() {
    return z.array(stateModule).optional()
  },
})

const keptState = z.looseObject({ version: z.literal(4), resources: z.array(keptResource) })
const shownState = z.looseObject({ values: z.looseObject({ root_module: stateModule }).optional() })

/** Modules within modules: more is no state that Terraform wrote. */
const DEEPEST = 64

/**
 * The roles that a Terraform state holds, with their address in it: the state file itself (version 4), or what
 * `terraform show -json` prints. Throws `InputFailure` with the file and the place.
 */
export async function readTerraformState(file: string): Promise<ReadonlyMap<Arn, string>> {
  const json = await readJsonFile(file)
  const isShown = typeof json === 'object' && json !== null && 'format_version' in json
  const isKept = typeof json === 'object' && json !== null && 'resources' in json
  if (!isShown && !isKept)
    throw new InputFailure({
      file,
      place: '',
      message: 'no Terraform state: a state file or the output of `terraform show -json` was expected',
    })
  const held = isShown ? shownRoles(parsed(shownState, json, file), file) : keptRoles(parsed(keptState, json, file))
  return new Map(held.map(({ arn, address }) => [arn, `${address} in ${file}`]))
}

function parsed<T>(schema: z.ZodType<T>, json: unknown, file: string): T {
  const read = schema.safeParse(json)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const place = issue?.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('') ?? ''
  throw new InputFailure({
    file,
    place: place.replace(/^\./, ''),
    message: `not as Terraform writes it: ${issue?.message ?? 'not understood'}`,
  })
}

type Held = { readonly arn: Arn; readonly address: string }

function keptRoles({ resources }: z.output<typeof keptState>): readonly Held[] {
  return resources
    .filter(({ type, mode }) => type === 'aws_iam_role' && mode !== 'data')
    .flatMap(({ module, type, name, instances }) =>
      instances.flatMap(({ attributes: known, index_key: index }) => {
        const key = index == null ? '' : `[${JSON.stringify(index)}]`
        return known?.arn ? [{ arn: known.arn, address: `${module === undefined ? '' : `${module}.`}${type}.${name}${key}` }] : []
      }),
    )
}

function shownRoles({ values }: z.output<typeof shownState>, file: string): readonly Held[] {
  const found: Held[] = []
  let level: readonly StateModule[] = values === undefined ? [] : [values.root_module]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new InputFailure({ file, place: 'values.root_module', message: `modules lie deeper than ${DEEPEST}` })
    for (const { address, type, mode, values: known } of level.flatMap(({ resources = [] }) => resources))
      if (type === 'aws_iam_role' && mode !== 'data' && known?.arn) found.push({ arn: known.arn, address })
    level = level.flatMap(({ child_modules: children = [] }) => children)
  }
  return found
}
