import { AwsError } from '../aws-error.ts'

/** What AWS demands of a text parameter before it looks at anything else. */
export type TextRule = {
  readonly min?: number
  readonly max?: number
  readonly pattern?: RegExp
  /** What AWS says of a value that does not fit the pattern: "It must …". */
  readonly demand?: string
  readonly oneOf?: readonly string[]
}

/** The parameters of one query-protocol request. Getters throw AWS's `ValidationError` with AWS's sentence. */
export class QueryParams {
  readonly #form: URLSearchParams
  constructor(form: URLSearchParams) {
    this.#form = form
  }

  optional(name: string, rule: TextRule = {}): string | null {
    const value = this.#form.get(name)
    if (value !== null) check(name, value, rule)
    return value
  }

  required(name: string, rule: TextRule = {}): string {
    const value = this.optional(name, rule)
    if (value === null) throw constraint(name, null, 'Member must not be null')
    return value
  }

  flag(name: string): boolean {
    return this.#form.get(name)?.toLowerCase() === 'true'
  }

  integer(name: string, range: { readonly min: number; readonly max: number }): number | null {
    const text = this.#form.get(name)
    if (text === null) return null
    const value = Number(text)
    if (!Number.isInteger(value)) throw new AwsError('MalformedInput', 400, `Could not parse ${name} as a number`)
    if (value < range.min) throw constraint(name, text, `Member must have value greater than or equal to ${range.min}`)
    if (value > range.max) throw constraint(name, text, `Member must have value less than or equal to ${range.max}`)
    return value
  }

  /** `Name.member.1`, `Name.member.2`, … */
  list(name: string): readonly string[] {
    const values: string[] = []
    for (let n = 1; ; n++) {
      const value = this.#form.get(`${name}.member.${n}`)
      if (value === null) return values
      values.push(value)
    }
  }

  /** `Tags.member.n.Key` and `.Value`. */
  tags(): readonly { readonly key: string; readonly value: string }[] {
    const tags: { key: string; value: string }[] = []
    for (let n = 1; ; n++) {
      const key = this.#form.get(`Tags.member.${n}.Key`)
      if (key === null) return tags
      tags.push({ key, value: this.#form.get(`Tags.member.${n}.Value`) ?? '' })
    }
  }

  record(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#form].filter(([name]) => name !== 'Action' && name !== 'Version'))
  }
}

function check(name: string, value: string, rule: TextRule): void {
  if (rule.min !== undefined && value.length < rule.min)
    throw constraint(name, value, `Member must have length greater than or equal to ${rule.min}`)
  if (rule.max !== undefined && value.length > rule.max)
    throw constraint(name, value, `Member must have length less than or equal to ${rule.max}`)
  if (rule.oneOf !== undefined && !rule.oneOf.includes(value))
    throw constraint(name, value, `Member must satisfy enum value set: [${rule.oneOf.join(', ')}]`)
  if (rule.pattern !== undefined && !rule.pattern.test(value)) throw invalidValue(name, rule)
}

function invalidValue(name: string, { demand = '' }: TextRule): AwsError {
  return new AwsError('ValidationError', 400, `The specified value for ${lowerFirst(name)} is invalid. ${demand}`.trimEnd())
}

function constraint(name: string, value: string | null, demand: string): AwsError {
  const shown = value === null ? 'null' : `'${value.length > 200 ? `${value.slice(0, 200)}…` : value}'`
  return new AwsError(
    'ValidationError',
    400,
    `1 validation error detected: Value ${shown} at '${lowerFirst(name)}' failed to satisfy constraint: ${demand}`,
  )
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
