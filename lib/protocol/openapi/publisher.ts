import { z } from 'zod'
import { DeskError, type ErrorCode, errorBody, verdict } from '../errors.ts'
import { errorShape } from '../http.ts'
import { fileId, sessionId, toolName } from '../ids.ts'
import type { MediaType, OperationObject, ParameterObject, ResponseObject } from './document.ts'
import { commonFaults, meanings } from './faults.ts'
import type { Answer, Operation } from './operation.ts'
import type { createSchemas } from './schemas.ts'
import { requirements } from './security.ts'

/** How operators name a session among all owners, and an account. */
const sessionKey = z.string().max(100)
const operatorId = z.string().max(64)

/** What stands in addresses besides sessions, each with an example. */
const inPaths = {
  file_id: [fileId, '7c9e6679-7425-40de-944b-e07fc1f90ae7'],
  tool: [toolName, 'create_order'],
  key: [sessionKey, 'user-123'],
  id: [operatorId, 'c6d8'],
} as const

/** Turns operations, as we write them down, into OpenAPI's form. */
export function createPublisher({ publish }: Pick<ReturnType<typeof createSchemas>, 'publish'>) {
  const error = publish(errorShape)

  return (tag: string, operation: Operation): OperationObject => {
    const { id, summary, description = `${summary}.`, access, body } = operation
    const parameters = parametersOf(operation)
    const faults = [...operation.errors, ...commonFaults].filter((code, index, all) => all.indexOf(code) === index)
    return {
      operationId: id,
      tags: [tag],
      summary,
      description,
      security: requirements[access],
      ...(parameters.length > 0 && { parameters }),
      ...(body && {
        requestBody: {
          required: body.required,
          content: {
            'application/json': media(publish(body.schema), body.examples),
            ...(body.text !== undefined && { 'text/plain': { schema: { type: 'string' }, examples: { text: { value: body.text } } } }),
          },
        },
      }),
      ...(operation.file && { requestBody: { required: true, content: fileContent(operation.file) } }),
      responses: { ...answersOf(operation), ...faultsOf(faults) },
      'x-errors': faults,
    }
  }

  function parametersOf({ path, query, queryExample = {}, headers = [] }: Operation): ParameterObject[] {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']): ParameterObject => {
      const [schema, example] = inPaths[name as keyof typeof inPaths] ?? [sessionId, 'user-123']
      return { name, in: 'path', required: true, schema: publish(schema), example }
    })
    const { properties = {}, required = [] } = query ? publish(query) : {}
    const inQuery = Object.entries(properties).map(([name, { description, ...schema }]): ParameterObject => {
      const example = queryExample[name]
      const rest = { ...(description !== undefined && { description }), ...(example !== undefined && { example }) }
      return { name, in: 'query', required: required.includes(name), schema, ...rest }
    })
    const inHeaders = headers.map(({ name, description, schema }): ParameterObject => {
      return { name, in: 'header', required: false, description, schema: publish(schema) }
    })
    return [...inPath, ...inQuery, ...inHeaders]
  }

  function answersOf({ answers }: Operation): Record<string, ResponseObject> {
    return Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, response(answer)]))
  }

  function response({ description, schema, examples = {}, bytes = [], stream }: Answer): ResponseObject {
    const content: Record<string, MediaType> = {}
    if (schema) content['application/json'] = media(publish(schema), examples)
    for (const type of bytes) content[type] = { schema: binary }
    if (stream) {
      const examples = { stream: { value: stream.example } }
      content['text/event-stream'] = { schema: { type: 'string' }, examples, 'x-event': publish(stream.event) }
    }
    return { description, ...(Object.keys(content).length > 0 && { content }) }
  }

  /** Faults of one status share an answer, which shows each of them. */
  function faultsOf(codes: ErrorCode[]): Record<string, ResponseObject> {
    const answers: Record<string, ResponseObject> = {}
    for (const status of new Set(codes.map((code) => verdict(code).status))) {
      const these = codes.filter((code) => verdict(code).status === status)
      const examples = Object.fromEntries(these.map((code) => [code, errorBody(new DeskError(code, meanings[code]), 'a1b2c3')]))
      const seconds = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } }
      answers[status] = {
        description: these.map((code) => `\`${code}\`: ${meanings[code]}`).join('\n\n'),
        ...((status === 429 || status === 503) && { headers: seconds }),
        content: { 'application/json': media(error, examples) },
      }
    }
    return answers
  }
}

/** As tools know it that make forms out of descriptions. */
const binary = { type: 'string', format: 'binary' }

function fileContent(types: readonly string[]): Record<string, MediaType> {
  const form = { type: 'object', properties: { file: binary }, required: ['file'] }
  return { 'multipart/form-data': { schema: form }, ...Object.fromEntries(types.map((type) => [type, { schema: binary }])) }
}

function media(schema: MediaType['schema'], examples: Record<string, unknown>): MediaType {
  const named = Object.entries(examples).map(([name, value]) => [name, { value: JSON.parse(JSON.stringify(value)) as unknown }])
  return { schema, examples: Object.fromEntries(named) as NonNullable<MediaType['examples']> }
}
