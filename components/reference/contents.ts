import type { ApiDocument, Method, OperationObject } from '#lib/protocol/openapi/document.ts'

/** One endpoint as the reading view lists it: once, whatever names it has. */
export interface Entry {
  path: string
  method: Method
  operation: OperationObject
  aliases: string[]
}

export interface Chapter {
  tag: string
  description: string
  entries: Entry[]
}

/** The chapters of the reading view: the tags that have operations, in the document's order. */
export function chaptersOf({ tags, paths }: ApiDocument): Chapter[] {
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method: method as Method, operation })),
  )
  const canonical = all.filter(({ operation }) => operation['x-alias-of'] === undefined)
  const aliasesOf = (path: string) => [
    ...new Set(all.filter(({ operation }) => operation['x-alias-of'] === path).map((alias) => alias.path)),
  ]
  return tags
    .map(({ name, description }) => ({
      tag: name,
      description,
      entries: canonical
        .filter(({ operation }) => operation.tags[0] === name)
        .map((entry) => ({ ...entry, aliases: aliasesOf(entry.path) })),
    }))
    .filter(({ entries }) => entries.length > 0)
}

/** The anchor of a chapter. */
export function anchorOf(tag: string): string {
  return `chapter-${tag.toLowerCase().replaceAll(/\W+/g, '-')}`
}
