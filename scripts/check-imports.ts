/**
 * Keeps biome.json's import rules equal to `import-table.ts`: `node scripts/check-imports.ts` fails when they differ,
 * `--write` brings biome.json up to date.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { importTable, type Room } from './import-table.ts'

const root = new URL('..', import.meta.url)
const configFile = fileURLToPath(new URL('biome.json', root))

const isFile = (room: string) => room.endsWith('.ts')

/** Specifiers that reach a room from a folder of `src/` up to three levels deep, or from `src/` itself. */
function specifiersOf(room: string, from: string): string[] {
  const ways = isFile(from) ? ['./'] : ['../', '../../', '../../../']
  return ways.map((way) => (isFile(room) ? `${way}${room}` : `${way}${room}/**`))
}

/** Everything is forbidden, then what is relative and the listed packages are allowed, then rooms out of reach are forbidden again. */
function restrictedGroup(name: string, room: Room): string[] {
  const outOfReach = Object.keys(importTable).filter((other) => other !== name && !room.rooms.includes(other))
  return ['**', '!./**', '!../**', ...room.packages.map((p) => `!${p}`), ...outOfReach.flatMap((other) => specifiersOf(other, name))]
}

function overrideFor(name: string, room: Room): object {
  const message = `src/${name} may import: ${[...room.rooms, ...room.packages].join(', ') || 'nothing'} (scripts/import-table.ts).`
  const options = { patterns: [{ group: restrictedGroup(name, room), message }] }
  return {
    includes: [isFile(name) ? `src/${name}` : `src/${name}/**`],
    linter: { rules: { style: { noRestrictedImports: { level: 'error', options } } } },
  }
}

export const importOverrides = (): object[] => Object.entries(importTable).map(([name, room]) => overrideFor(name, room))

type BiomeConfig = { readonly overrides: readonly object[] }

/** The configuration with the overrides of the table; those that are about something else stay first, untouched. */
export function withImportOverrides(config: BiomeConfig): BiomeConfig {
  const others = config.overrides.filter((override) => !JSON.stringify(override).includes('noRestrictedImports'))
  return { ...config, overrides: [...others, ...importOverrides()] }
}

/** Rooms of `src/` that the table does not know, and folders within a room that have the name of another room. */
export function misplacedRooms(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const [room = '', ...rest] = path.split('/')
    if (!(room in importTable)) return [`src/${room} is not in scripts/import-table.ts`]
    const double = rest.slice(0, -1).find((folder) => folder in importTable)
    return double ? [`src/${path}: a folder inside a room cannot be named as the room src/${double}`] : []
  })
}

function main(): void {
  const text = readFileSync(configFile, 'utf8')
  const wanted = withImportOverrides(JSON.parse(text))
  if (process.argv.includes('--write')) {
    writeFileSync(configFile, `${JSON.stringify(wanted, null, 2)}\n`)
    return
  }
  const files = readdirSync(new URL('src', root), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const source = fileURLToPath(new URL('src/', root))
  const problems = misplacedRooms(files.map((entry) => `${entry.parentPath}/${entry.name}`.slice(source.length).replaceAll('\\', '/')))
  if (JSON.stringify(JSON.parse(text)) !== JSON.stringify(wanted)) {
    problems.push('biome.json differs from scripts/import-table.ts: run `npm run fix`')
  }
  for (const problem of new Set(problems)) process.stderr.write(`${problem}\n`)
  if (problems.length > 0) process.exitCode = 1
}

if (import.meta.main) main()
