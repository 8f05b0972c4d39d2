import type { JsonSchema } from '#lib/protocol/openapi/document.ts'
import { nameOf } from '#lib/protocol/openapi/schemas.ts'

/** One property of a schema, as a row of a table. */
export interface Row {
  name: string
  /** How deep it is nested; 0 for a property of the schema itself. */
  depth: number
  type: string
  required: boolean
  description: string
  /** Bounds and default, in words. */
  limits: string
}

export type Components = Record<string, JsonSchema>

/** Deeper than this a table names a type instead of unfolding it. */
const MAX_DEPTH = 3

/** All properties of a schema, nested ones below their owner. Empty for what is no object. */
export function rowsOf(schema: JsonSchema, components: Components, depth = 0): Row[] {
  const { properties = {}, required = [] } = objectIn(schema, components) ?? {}
  return Object.entries(properties).flatMap(([name, property]) => {
    const resolved = resolve(notNull(property), components)
    const { description = resolved.description ?? '' } = property
    const row: Row = {
      name,
      depth,
      type: typeOf(property, components),
      required: required.includes(name),
      description,
      limits: limitsOf(resolved),
    }
    return [row, ...(depth < MAX_DEPTH ? rowsOf(property, components, depth + 1) : [])]
  })
}

/** The alternatives of a schema that is a choice between objects: their names where they have any. */
export function choicesOf(schema: JsonSchema, components: Components): JsonSchema[] {
  const { anyOf, oneOf } = resolve(schema, components)
  const choices = (anyOf ?? oneOf ?? []).filter(({ type }) => type !== 'null')
  return choices.length > 1 ? choices : []
}

/** The type of a schema in words, such as `array of Citation` or `"up" | "down"`. */
export function typeOf(schema: JsonSchema, components: Components): string {
  if (schema.$ref) {
    const { type } = resolve(schema, components)
    return type === 'object' || type === undefined ? nameOf(schema.$ref) : typeOf(resolve(schema, components), components)
  }
  const { type, items, enum: values, const: only, anyOf, oneOf } = schema
  if (only !== undefined) return JSON.stringify(only)
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ')
  if (anyOf ?? oneOf) return (anyOf ?? oneOf ?? []).map((choice) => typeOf(choice, components)).join(' | ')
  if (type === 'array') return items ? `array of ${typeOf(items, components)}` : 'array'
  if (Array.isArray(type)) return type.join(' | ')
  return type ?? 'any'
}

export function resolve(schema: JsonSchema, components: Components): JsonSchema {
  return schema.$ref ? (components[nameOf(schema.$ref)] ?? {}) : schema
}

/** The object whose properties are to be unfolded: the schema itself, an array's items, or what is not null of a choice. */
function objectIn(schema: JsonSchema, components: Components): JsonSchema | undefined {
  const resolved = resolve(notNull(schema), components)
  if (resolved.properties) return resolved
  return resolved.items ? objectIn(resolved.items, components) : undefined
}

function notNull(schema: JsonSchema): JsonSchema {
  const choices = schema.anyOf?.filter(({ type }) => type !== 'null')
  return choices?.length === 1 && choices[0] ? choices[0] : schema
}

function limitsOf({ default: preset, minimum, maximum, exclusiveMinimum, minLength, maxLength, maxItems, pattern }: JsonSchema): string {
  const least = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : minimum
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum
  return [
    least !== undefined && `at least ${least}`,
    most !== undefined && `at most ${most}`,
    typeof minLength === 'number' && minLength > 1 && `at least ${minLength} characters`,
    maxLength !== undefined && `at most ${maxLength} characters`,
    maxItems !== undefined && `at most ${maxItems} items`,
    pattern !== undefined && `matches ${pattern}`,
    preset !== undefined && `default ${JSON.stringify(preset)}`,
  ]
    .filter((limit) => limit !== false)
    .join(', ')
}
