import { loadCatalog } from '../policy/catalog.ts'
import { createUniverse, type Universe } from '../policy/universe.ts'
import { demoAccount } from './demo/demo-account.ts'
import { largeAccount } from './demo/large-account.ts'
import type { SandboxFixture } from './fixture.ts'
import { type AwsManagedShelf, awsManagedShelf } from './state/aws-managed-policies.ts'
import { type Database, openDatabase } from './state/database.ts'
import { readMeta, writeMeta } from './state/meta.ts'
import { SCHEMA, SCHEMA_VERSION } from './state/schema.ts'
import { seedAccount } from './state/seed.ts'

/** The file cannot serve as an account; `message` says why and what to do, in one line. */
export class SandboxUnusable extends Error {
  override readonly name = 'SandboxUnusable'
}

/** One account in one SQLite file, with what every process derives from constants. */
export type AccountFile = {
  readonly database: Database
  readonly awsManaged: AwsManagedShelf
  universe(): Universe
  /** Makes the account where the file has none (any more). */
  ensureAccount(): void
}

const PARTITION = 'aws'
const DEMO_ACCOUNT_ID = '123456789012'
const DEFAULT_ROLES = 128

export type AccountFileOptions = {
  /** A file's path, or `:memory:`. */
  readonly database: string
  readonly now: () => Date
  /** With a seed or a number of roles: a generated account instead of the demo. */
  readonly seed?: number | undefined
  readonly roles?: number | undefined
  /** An account of one's own. */
  readonly fixture?: SandboxFixture | undefined
}

export function openAccountFile(options: AccountFileOptions): AccountFile {
  const database = openDatabase(options.database)
  const awsManaged = awsManagedShelf(PARTITION)
  let loaded: Universe | null = null
  const universe = (): Universe => {
    loaded ??= createUniverse(loadCatalog())
    return loaded
  }
  const file: AccountFile = {
    database,
    awsManaged,
    universe,
    ensureAccount() {
      if (hasAccount(database)) return
      database.transaction('write', () => {
        if (hasAccount(database)) return
        const fixture = declaredAccount(options)
        const epoch = `${options.now().toISOString().slice(0, 19)}Z`
        const accountId = fixture.accountId ?? DEMO_ACCOUNT_ID
        database.script(SCHEMA)
        writeMeta(database, 'schema', String(SCHEMA_VERSION))
        writeMeta(database, 'account', accountId)
        writeMeta(database, 'partition', PARTITION)
        writeMeta(database, 'epoch', epoch)
        seedAccount(fixture, { database, accountId, partition: PARTITION, epoch, awsManaged, universe })
      })
    },
  }
  try {
    file.ensureAccount()
    return file
  } catch (error) {
    database.close()
    throw error
  }
}

function declaredAccount({ fixture, seed, roles }: AccountFileOptions): SandboxFixture {
  if (fixture !== undefined) return fixture
  return seed === undefined && roles === undefined ? demoAccount() : largeAccount({ seed: seed ?? 1, roles: roles ?? DEFAULT_ROLES })
}

function hasAccount(database: Database): boolean {
  const table = database.get("SELECT 1 AS found FROM sqlite_schema WHERE type = 'table' AND name = 'meta'")
  if (table === null) return false
  const version = readMeta(database, 'schema')
  if (version !== String(SCHEMA_VERSION))
    throw new SandboxUnusable('The demo account was made by another version of this program; `zt-tui demo reset` renews it.')
  return true
}
