import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import nextConfig from '../../next.config.mjs'
import { errorShape } from './http.ts'
import type { JsonSchema, MediaType, OperationObject } from './openapi/document.ts'
import { meanings } from './openapi/faults.ts'
import { apiDocument, chapters } from './openapi.ts'

const document = apiDocument('1.0.0')
const text = JSON.stringify(document)
const published = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation, name: `${method.toUpperCase()} ${path}` })),
)

/** What the route files serve, as `METHOD /path/{}`; the catch-all route is no endpoint. */
function served(): string[] {
  return readdirSync('app/api', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('route.ts') && !file.includes('[...'))
    .flatMap((file) => {
      const source = readFileSync(join('app/api', file), 'utf8')
      const methods = [...source.matchAll(/\b(GET|POST|PUT|PATCH|DELETE): /g)].map(([, method]) => method)
      return methods.map((method) => `${method} ${anonymous(`/api/${file.replace(/\/route\.ts$/, '')}`)}`)
    })
}

/** An address without the names of its parameters. */
function anonymous(path: string): string {
  return path.replace(/\{\w+\}|\[\w+\]|:\w+/g, '{}')
}

async function rewritten(): Promise<Map<string, string>> {
  const rewrites = await nextConfig.rewrites?.()
  if (!Array.isArray(rewrites)) throw new Error('the rewrites are one list')
  return new Map(rewrites.map(({ source, destination }) => [anonymous(source), anonymous(destination)]))
}

describe('the description and the routes', () => {
  test('every route is described', () => {
    const described = published.map(({ name }) => anonymous(name))
    expect(served().filter((route) => !described.includes(route))).toEqual([])
  })

  test('everything described is served: by a route, or by a rewrite to one', async () => {
    const rewrites = await rewritten()
    const routes = [...served(), 'GET /openapi.json']
    const missing = published.filter(({ path, method }) => {
      const address = anonymous(path)
      return !routes.includes(`${method.toUpperCase()} ${rewrites.get(address) ?? address}`)
    })
    expect(missing.map(({ name }) => name)).toEqual([])
  })

  test('every rewrite to an endpoint is described', async () => {
    const described = published.map(({ path }) => anonymous(path))
    const apis = [...(await rewritten())].filter(([, destination]) => destination.startsWith('/api/'))
    expect(apis.map(([source]) => source).filter((source) => !described.includes(source))).toEqual([])
  })

  test('an alias is the rewrite to its canonical address, or the canonical address is the rewrite', async () => {
    const rewrites = await rewritten()
    for (const { path, operation } of published) {
      const canonical = operation['x-alias-of']
      if (canonical === undefined) continue
      const [here, there] = [anonymous(path), anonymous(canonical)]
      expect(rewrites.get(here) ?? here).toBe(rewrites.get(there) ?? there)
    }
  })
})

describe('the description is OpenAPI 3.1', () => {
  test('every reference leads somewhere', () => {
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path)
    expect(references.length).toBeGreaterThan(50)
    for (const reference of references) {
      const found = reference.split('/').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document)
      expect(found, reference).toBeDefined()
    }
    expect(text).not.toContain('$defs')
  })

  test('every component is used', () => {
    const unused = Object.keys(document.components.schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`))
    expect(unused).toEqual([])
  })

  test('operation ids are unique', () => {
    const ids = published.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test.each(published)('$name is whole', ({ path, operation }) => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const parameters = operation.parameters ?? []
    expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(inPath)
    if (inPath.length > 0) expect(operation['x-errors']).toContain('invalid')
    for (const parameter of parameters) expect(parameter.required || parameter.in !== 'path').toBe(true)
    const names = parameters.map((parameter) => `${parameter.in} ${parameter.name}`)
    expect(new Set(names).size).toBe(names.length)
    expect(document.tags.map(({ name }) => name)).toContain(operation.tags[0])
    for (const requirement of operation.security) {
      for (const scheme of Object.keys(requirement)) expect(document.components.securitySchemes).toHaveProperty(scheme)
    }
    expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true)
    for (const [status, { description }] of Object.entries(operation.responses)) {
      expect(status).toMatch(/^[2-5]\d\d$/)
      expect(description).not.toBe('')
    }
  })

  test('nothing is lost in JSON', () => {
    expect(JSON.parse(text)).toEqual(document)
  })
})

describe('the examples', () => {
  /** Reads a published schema back, so that what is checked is what others will check with. */
  const readBack = (schema: JsonSchema) => {
    const whole = JSON.stringify({ ...schema, $defs: document.components.schemas })
    return z.fromJSONSchema(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')) as Parameters<typeof z.fromJSONSchema>[0])
  }

  test.each(chapters.flatMap(({ operations }) => operations))(
    'of $id pass the schemas that validate',
    ({ body, answers, query, queryExample }) => {
      for (const [name, example] of Object.entries(body?.examples ?? {}))
        expect(body?.schema.safeParse(example).error, name).toBeUndefined()
      if (queryExample) expect(query?.safeParse(queryExample).error).toBeUndefined()
      for (const { schema, examples = {}, stream } of Object.values(answers)) {
        for (const [name, example] of Object.entries(examples)) expect(schema?.safeParse(example).error, name).toBeUndefined()
        for (const data of stream ? eventsIn(stream.example) : []) expect(stream?.event.safeParse(data).error).toBeUndefined()
      }
    },
  )

  test.each(published)('of $name pass the published schemas', ({ operation }) => {
    for (const { schema, examples } of contents(operation)) {
      const validator = readBack(schema)
      for (const [name, { value }] of Object.entries(examples ?? {})) expect(validator.safeParse(value).error, name).toBeUndefined()
    }
  })

  test('of faults have the one shape and their own code', () => {
    for (const { operation } of published) {
      for (const code of operation['x-errors']) {
        const status = String(document['x-errors'].find((row) => row.code === code)?.status)
        const example = operation.responses[status]?.content?.['application/json']?.examples?.[code]?.value
        expect(errorShape.parse(example).error).toMatchObject({ code, message: meanings[code] })
      }
    }
  })
})

function contents({ requestBody, responses }: OperationObject): MediaType[] {
  return [requestBody, ...Object.values(responses)].flatMap((part) => Object.values(part?.content ?? {}))
}

/** The data of the events in a stream, as JSON; the greeting of the log's stream and a closing word are none. */
function eventsIn(stream: string): unknown[] {
  const data = [...stream.matchAll(/^data: (.*)$/gm)].map(([, value = '']) => value)
  return data.filter((value) => value.startsWith('{') && !value.includes('"type":"resumed"')).map((value) => JSON.parse(value) as unknown)
}
