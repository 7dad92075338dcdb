/** Builds the program, and writes the account that `bench.ts` measures, and its usage, into a folder: `node bench-account.ts FOLDER ROLES`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadCatalog } from '../src/policy/catalog.ts'
import { createUniverse } from '../src/policy/universe.ts'
import { ensureBuilt } from './ensure-built.ts'
import { largeAccount } from './large-account.ts'

await ensureBuilt()
const [, , folder = '', roles = '5000'] = process.argv
const { account, usage } = largeAccount(createUniverse(loadCatalog()), { seed: 7, roles: Number(roles) })
writeFileSync(join(folder, 'account.json'), JSON.stringify(account))
writeFileSync(join(folder, 'usage.json'), JSON.stringify(usage))
