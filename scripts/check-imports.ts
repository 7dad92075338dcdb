/**
 * Keeps biome.imports.json, which biome.json extends, equal to `import-table.ts`: `node scripts/check-imports.ts` fails when
 * they differ, `--write` brings the file up to date.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { importTable, type Room } from './import-table.ts'

const root = new URL('..', import.meta.url)
const rulesFile = fileURLToPath(new URL('biome.imports.json', root))

/** Folders within folders of a room that the rules reach. */
const DEPTHS = [0, 1, 2]

const isFile = (room: string) => room.endsWith('.ts')

/** Everything is forbidden, then what is relative and the listed packages are allowed, then rooms out of reach are forbidden again. */
function restrictedGroup(name: string, room: Room, wayUp: string): string[] {
  const outOfReach = Object.keys(importTable).filter((other) => other !== name && !room.rooms.includes(other))
  const specifiers = outOfReach.map((other) => (isFile(other) ? `${wayUp}${other}` : `${wayUp}${other}/**`))
  return ['**', '!./**', '!../**', ...room.packages.map((p) => `!${p}`), ...specifiers]
}

function override(name: string, room: Room, place: { readonly glob: string; readonly wayUp: string }): object {
  const message = `src/${name} may import: ${[...room.rooms, ...room.packages].join(', ') || 'nothing'} (scripts/import-table.ts).`
  const options = { patterns: [{ group: restrictedGroup(name, room, place.wayUp), message }] }
  return { includes: [place.glob], linter: { rules: { style: { noRestrictedImports: { level: 'error', options } } } } }
}

/** One rule for each depth, since `../plan/x.ts` is another room from `src/ui/a.ts` and the same one from `src/ui/views/a.ts`. */
function overridesOf(name: string, room: Room): object[] {
  if (isFile(name)) return [override(name, room, { glob: `src/${name}`, wayUp: './' })]
  return DEPTHS.map((depth) => override(name, room, { glob: `src/${name}/${'*/'.repeat(depth)}*`, wayUp: '../'.repeat(depth + 1) }))
}

export const importRules = (): { readonly overrides: readonly object[] } => ({
  overrides: Object.entries(importTable).flatMap(([name, room]) => overridesOf(name, room)),
})

/** What of `src/` no rule covers: rooms that the table does not know, and folders too deep. */
export function uncovered(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const [room = '', ...rest] = path.split('/')
    if (!(room in importTable)) return [`src/${room} is not in scripts/import-table.ts`]
    return rest.length > DEPTHS.length ? [`src/${path} lies too deep for the import rules`] : []
  })
}

function main(): void {
  if (process.argv.includes('--write')) {
    writeFileSync(
      rulesFile,
      `{ "overrides": [\n${importRules()
        .overrides.map((rule) => JSON.stringify(rule))
        .join(',\n')}\n] }\n`,
    )
    return
  }
  const paths = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
  const problems = uncovered(paths.map((path) => path.replaceAll('\\', '/')))
  if (JSON.stringify(JSON.parse(readFileSync(rulesFile, 'utf8'))) !== JSON.stringify(importRules())) {
    problems.push('biome.imports.json differs from scripts/import-table.ts: run `npm run fix`')
  }
  for (const problem of new Set(problems)) process.stderr.write(`${problem}\n`)
  if (problems.length > 0) process.exitCode = 1
}

if (import.meta.main) main()
