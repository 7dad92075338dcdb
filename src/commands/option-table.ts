import { z } from 'zod'
import { sortIds } from '../app/role-order.ts'

/**
 * Every option of contract.md that is built, in one table: how it is written, what it means, and how its text becomes a value.
 * A command names the options that it takes.
 */
type OptionSpec<T> = {
  /** As commander reads it: `--window <DAYS>`. */
  readonly flags: string
  readonly help: string
  /** From the text of the command line, `true` for a flag, a list for a repeatable option, or nothing. */
  readonly value: z.ZodType<T>
  readonly repeatable: boolean
}

const spec = <T>(flags: string, help: string, value: z.ZodType<T>, repeatable = false): OptionSpec<T> => ({
  flags,
  help,
  value,
  repeatable,
})

const flag = (name: string, help: string) => spec(name, help, z.boolean().default(false))
const text = (flags: string, help: string) => spec(flags, help, z.string().min(1, 'a text was expected').nullable().default(null))
const texts = (flags: string, help: string) => spec(flags, help, z.array(z.string().min(1, 'a text was expected')).default([]), true)

type Bounds = { readonly min: number; readonly max: number }

/** The text's number when it is one within the bounds, else an issue that says what was expected. */
function numberText({ min, max }: Bounds, pattern: RegExp, expected: string) {
  return z.string().transform((written, context) => {
    const number = Number(written)
    if (pattern.test(written) && number >= min && number <= max) return number
    context.addIssue(`${expected} from ${min} to ${max} was expected, not "${written}"`)
    return z.NEVER
  })
}

const wholeText = (bounds: Bounds) => numberText(bounds, /^\d+$/, 'a whole number')
const whole = (flags: string, help: string, bounds: Bounds) => spec(flags, help, wholeText(bounds).nullable().default(null))
const seconds = numberText({ min: 0, max: 3600 }, /^\d+(\.\d+)?$/, 'a number of seconds')

/** An instant with its time zone, or a date alone, which means its first moment in UTC. */
const instant = z.string().transform((written, context) => {
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/.test(written) ? Date.parse(written) : Number.NaN
  if (!Number.isNaN(time)) return new Date(time).toISOString()
  context.addIssue(`a time such as 2026-03-01T10:00:00Z was expected, not "${written}"`)
  return z.NEVER
})

const oneOf = <const T extends readonly [string, ...string[]]>(choices: T) =>
  z.enum(choices, { error: ({ input }) => `one of ${choices.join(', ')} was expected, not "${String(input)}"` })

const MANY = 1_000_000
const TEN_YEARS = 3650

export const optionTable = {
  demo: flag('--demo', 'an embedded AWS account; its state lives in the data directory'),
  accountFile: text('--account-file <FILE>', 'work offline on the output of `aws iam get-account-authorization-details`'),
  usageFile: text('--usage-file <FILE>', 'what saved sources say about use; with --account-file'),
  profile: text('--profile <NAME>', 'profile of the AWS configuration'),
  region: text('--region <REGION>', 'AWS Region'),
  endpointUrl: text('--endpoint-url <URL>', 'send AWS calls there'),
  window: spec('--window <DAYS>', 'observation window (default: 90)', wholeText({ min: 1, max: TEN_YEARS }).default(90)),
  minAge: whole('--min-age <DAYS>', 'younger grants are unknown (default: the window)', { min: 0, max: TEN_YEARS }),
  iacState: text('--iac-state <FILE>', 'a Terraform state, or `terraform show -json`: roles that it holds get a patch'),
  dataDir: text('--data-dir <DIR>', 'ledger, scans, demo account (default: ZT_TUI_HOME, else the platform’s place)'),
  readOnly: flag('--read-only', 'no write is possible'),
  now: spec('--now <ISO>', 'clock of this run; offline and demo only', instant.nullable().default(null)),
  debugLog: text('--debug-log <FILE>', 'redacted log'),

  lang: spec('--lang <LANG>', 'en or ja (default: from the locale)', oneOf(['en', 'ja']).nullable().default(null)),
  json: flag('--json', 'machine output on stdout, nothing else there'),
  // commander knows it as `color`, true unless the option is given.
  noColor: spec(
    '--no-color',
    'no colours',
    z
      .boolean()
      .default(true)
      .transform((color) => !color),
  ),
  ascii: flag('--ascii', 'only ASCII characters'),
  linear: flag('--linear', 'plain lines instead of screens'),

  yes: flag('--yes', 'answer confirmations and typed names; never drift, never guards'),
  override: texts('--override <GUARD>', 'override a guard that can be; recorded; repeatable'),
  reason: text('--reason <TEXT>', 'why, for the ledger'),
  settle: spec('--settle <SEC>', 'wait between additive and subtractive writes', seconds.nullable().default(null)),
  lockWait: spec('--lock-wait <SEC>', 'wait for another zt-tui to finish (default: 30)', seconds.default(30)),
  drift: spec(
    '--drift <CHOICE>',
    'policies that somebody edited since: theirs (keep) or snapshot (write over)',
    oneOf(['theirs', 'snapshot']).nullable().default(null),
  ),
  restoreOut: text('--restore-out <DIR>', 'a second place for restore scripts'),

  role: text('--role <ROLE>', 'this role'),
  filter: text('--filter <TEXT>', 'only roles whose name contains it'),
  screen: text('--screen <SCREEN>', 'start on this screen'),
  sort: spec('--sort <KEY>', 'risk, name, unused, last-used or gain (risk removed per decision)', oneOf(sortIds).default('risk')),
  limit: whole('--limit <N>', 'the first N only', { min: 1, max: MANY }),

  planAll: flag('--all', 'every role'),
  top: whole('--top <N>', 'the N roles of highest risk', { min: 1, max: MANY }),
  keep: texts('--keep <ACTION>', 'keep an action or pattern; "future" or "s3:future": what AWS adds later; repeatable'),
  remove: texts('--remove <ACTION>', 'remove an unknown action or pattern; repeatable'),
  overlay: flag('--overlay', 'first stage: a Deny of exactly what goes, where it fits (scream test)'),
  fresh: flag('--fresh', 'a new plan although one is frozen'),
  out: text('--out <FILE>', 'write it to this file'),
  format: spec(
    '--format <FORMAT>',
    'md, html or json (default: by the name of --out, else md)',
    oneOf(['md', 'html', 'json']).nullable().default(null),
  ),
  stage: whole('--stage <N>', 'this stage (default: the first open one)', { min: 1, max: 99 }),

  rollbackAll: flag('--all', 'back to the role’s pinned original'),
  last: flag('--last', 'the newest change in effect'),
  export: text('--export <DIR>', 'write the restore script of a change there'),
  action: text('--action <ACTION>', 'give back this action only'),
  allSince: spec('--all-since <TIME>', 'every change in effect since then', instant.nullable().default(null)),

  once: flag('--once', 'look once; exit code 1 where something is denied'),
  autoRollback: flag('--auto-rollback', 'roll a change back when what it removed is denied'),
  every: spec('--every <SEC>', 'look again after this many seconds (default: 30)', seconds.nullable().default(null)),

  seed: whole('--seed <S>', 'a fresh account in memory, decided by this number', { min: 0, max: 4_294_967_295 }),
  accountRoles: whole('--roles <N>', 'a fresh account in memory, of so many roles', { min: 0, max: 20_000 }),
  latency: whole('--latency <MS>', 'every answer takes so many milliseconds longer', { min: 0, max: 600_000 }),
  faults: text('--faults <FILE>', 'what goes wrong, call by call (JSON)'),
  port: spec('--port <N>', 'port on 127.0.0.1; 0 picks a free one (default: 0)', wholeText({ min: 0, max: 65_535 }).default(0)),

  trust: flag('--trust', 'deny new sessions too, in the trust policy'),

  resume: flag('--resume', 'finish what was interrupted'),
  recoverRollback: flag('--rollback', 'take back what was interrupted'),
} as const

export type OptionId = keyof typeof optionTable

export type OptionValues<K extends OptionId> = { readonly [P in K]: z.output<(typeof optionTable)[P]['value']> }

/** What decides which account is looked at, and how. */
export const accountOptions = [
  'demo',
  'accountFile',
  'usageFile',
  'profile',
  'region',
  'endpointUrl',
  'window',
  'minAge',
  'iacState',
  'dataDir',
  'readOnly',
  'now',
  'debugLog',
] as const

/** What every command understands about its own output. */
export const outputOptions = ['lang', 'json', 'noColor', 'ascii'] as const

export const writeOptions = ['yes', 'override', 'reason', 'settle', 'lockWait', 'restoreOut'] as const
