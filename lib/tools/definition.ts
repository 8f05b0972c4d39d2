import { z } from 'zod'
import { hashOf } from './canonical.ts'
import { cleanText } from './clean.ts'

/** A tool as its server describes it. */
export interface ToolDefinition {
  name: string
  description: string
  inputSchema: Record<string, unknown>
  /** Undefined where the server does not say. */
  readOnly: boolean | undefined
  /** The server does a thing once for one key (`_meta` of the tool: `frontdesk/idempotency-key: true`). */
  honoursKeys: boolean
  /** A hash over everything that the server says of it. */
  fingerprint: string
  /** Every text in it, for whoever looks whether it speaks to a model. */
  texts: string[]
}

/** Characters of a definition, at most; and of its description, as it is passed on. */
const DEFINITION_MAX = 32_000
const DESCRIPTION_MAX = 1000

const record = z.record(z.string(), z.unknown())
const definition = z.looseObject({
  name: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/),
  title: z.string().optional(),
  description: z.string().default(''),
  inputSchema: z.looseObject({ type: z.literal('object').optional(), properties: z.record(z.string(), record).optional() }),
  outputSchema: record.optional(),
  annotations: z.looseObject({ readOnlyHint: z.boolean().optional(), destructiveHint: z.boolean().optional() }).optional(),
  _meta: record.optional(),
})

/** The field of a tool's `_meta` by which a server says that it honours idempotency keys, and of a call's in which the key is. */
export const IDEMPOTENCY_KEY = 'frontdesk/idempotency-key'

/** A tool of a server's list; undefined for one that cannot be called: no name, a schema that is none. */
export function readDefinition(raw: unknown): ToolDefinition | undefined {
  const parsed = definition.safeParse(raw)
  if (!parsed.success || !isSchema(parsed.data.inputSchema)) return undefined
  const { name, title, description, inputSchema, outputSchema, annotations, _meta } = parsed.data
  const { readOnlyHint, destructiveHint } = annotations ?? {}
  return {
    name,
    description: cleanText(description, DESCRIPTION_MAX),
    inputSchema,
    readOnly: destructiveHint === true ? false : readOnlyHint,
    honoursKeys: _meta?.[IDEMPOTENCY_KEY] === true,
    fingerprint: hashOf({ name, title, description, inputSchema, outputSchema, annotations }),
    texts: textsIn([title, description, inputSchema, outputSchema, annotations]),
  }
}

function isSchema(schema: Record<string, unknown>): boolean {
  try {
    if (JSON.stringify(schema).length > DEFINITION_MAX) return false
    z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
    return true
  } catch {
    return false
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [...(Array.isArray(value) ? [] : [name]), ...textsIn(inner)])
}

/** Whether a definition speaks to a model instead of describing: tags as of prompts, or what `isInstruction` finds. */
export function speaksToModel({ texts }: ToolDefinition, isInstruction: (text: string) => boolean): boolean {
  return texts.some((text) => /<\/?[a-z][\w -]*>|<!--/i.test(text) || isInstruction(text))
}
