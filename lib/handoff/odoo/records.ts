/**
 * Odoo's answers, read without trusting their shape: they differ between 17, 18 and 19 and the releases in between, so what is
 * needed is looked for, and what is not there is not there.
 */

export type Json = Record<string, unknown>

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects in a list, or the one object that stands in its place. */
export function objectsIn(value: unknown): Json[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject)
}

/** An id: a number, or the `id` of a record that stands in its place, or the first of `[id, name]`. */
export function idIn(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value
  if (Array.isArray(value)) return idIn(value[0])
  return isObject(value) ? idIn(value.id) : undefined
}

/** A text; Odoo says `false` for none. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** HTML: a string, or `["markup", html]`. */
export function htmlIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return Array.isArray(value) && value[0] === 'markup' && typeof value[1] === 'string' ? value[1] : undefined
}

/** How deep an answer is looked through. */
const DEPTH = 12

/** Every value under a key that `wanted` accepts, wherever it stands. */
export function valuesOf(value: unknown, wanted: (key: string) => boolean, depth = DEPTH): unknown[] {
  if (depth === 0) return []
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(item, wanted, depth - 1))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => [...(wanted(key) ? [inner] : []), ...valuesOf(inner, wanted, depth - 1)])
}
