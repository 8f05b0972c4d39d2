import { z } from 'zod'
import type { JsonSchema } from './document.ts'

const HERE = '#/$defs/'
const THERE = '#/components/schemas/'

/** Turns the schemas that validate into the ones that are published; those with an id become components. */
export function createSchemas() {
  const components: Record<string, JsonSchema> = {}

  /** Publishes a schema; returns it, or the reference to it. Throws when two different schemas share an id. */
  function publish(schema: z.ZodType): JsonSchema {
    // As input: an answer may have more fields tomorrow, and nobody should have been told otherwise.
    const { $schema, $defs = {}, ...root } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' })
    for (const [id, definition] of Object.entries($defs)) {
      const published = asPublished(definition)
      const before = components[id]
      if (before && JSON.stringify(before) !== JSON.stringify(published)) throw new Error(`two schemas are called ${id}`)
      components[id] = published
    }
    return asPublished(root)
  }

  return { components, publish }
}

/** References point into the document; `example`, which JSON Schema does not know, becomes `examples`. */
function asPublished(schema: object): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string') return value.replace(HERE, THERE)
    if (typeof value !== 'object' || value === null || !('example' in value) || 'properties' === key) return value
    const { example, ...rest } = value
    return { ...rest, examples: [example] }
  })
  return JSON.parse(text) as JsonSchema
}

/** What a reference names: the last part of its path. */
export function nameOf(reference: string): string {
  return reference.slice(THERE.length)
}
