/**
 * A quick look whether a value has the shape that a zod schema describes: many times faster, since it copies nothing and says only
 * yes or no. After a yes the value is what the schema would give, but for fields that it does not name. A no may be mistaken
 * (of kinds of schema that are not in the table it says nothing else), so it is the schema that says what is wrong and where.
 */
import { z } from 'zod'

export type PlainCheck = (value: unknown) => boolean

const never: PlainCheck = () => false

export function plainCheck(schema: z.core.$ZodType): PlainCheck {
  if (hasChecks(schema)) return never
  if (schema instanceof z.ZodUnknown) return () => true
  if (schema instanceof z.ZodString) return (value) => typeof value === 'string'
  if (schema instanceof z.ZodNumber) return Number.isFinite
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === 'boolean'
  if (schema instanceof z.ZodDate) return (value) => value instanceof Date && !Number.isNaN(value.getTime())
  if (schema instanceof z.ZodOptional) return or((value) => value === undefined, plainCheck(schema.def.innerType))
  if (schema instanceof z.ZodNullable) return or((value) => value === null, plainCheck(schema.def.innerType))
  if (schema instanceof z.ZodUnion) return schema.def.options.map(plainCheck).reduce(or)
  if (schema instanceof z.ZodArray) return everyItem(plainCheck(schema.def.element))
  if (schema instanceof z.ZodObject) return everyField(Object.entries(schema.def.shape))
  return never
}

const hasChecks = ({ _zod: { def } }: z.core.$ZodType): boolean => (def.checks ?? []).length > 0

const or =
  (one: PlainCheck, other: PlainCheck): PlainCheck =>
  (value) =>
    one(value) || other(value)

const everyItem =
  (check: PlainCheck): PlainCheck =>
  (value) =>
    Array.isArray(value) && value.every(check)

function everyField(shape: readonly (readonly [name: string, schema: z.core.$ZodType])[]): PlainCheck {
  const fields = shape.map(([name, schema]) => ({ name, check: plainCheck(schema) }))
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    for (const { name, check } of fields) if (!check(Reflect.get(value, name))) return false
    return true
  }
}
