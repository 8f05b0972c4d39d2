import type { ErrorCode } from '../errors.ts'

/** The shape of the published description: the parts of OpenAPI 3.1 that we write and our pages read. */

export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  description?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  oneOf?: JsonSchema[]
  anyOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  examples?: unknown[]
  additionalProperties?: boolean | JsonSchema
  [keyword: string]: unknown
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

export interface ParameterObject {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description?: string
  schema: JsonSchema
  example?: unknown
}

export interface MediaType {
  schema: JsonSchema
  examples?: Record<string, { summary?: string; value: unknown }>
  /** Of an event stream: what the data of one event is. */
  'x-event'?: JsonSchema
}

export interface ResponseObject {
  description: string
  headers?: Record<string, { description: string; schema: JsonSchema }>
  content?: Record<string, MediaType>
}

export interface OperationObject {
  operationId: string
  tags: [string]
  summary: string
  description: string
  security: Array<Record<string, string[]>>
  parameters?: ParameterObject[]
  requestBody?: { required: boolean; content: Record<string, MediaType> }
  responses: Record<string, ResponseObject>
  'x-errors': ErrorCode[]
  'x-alias-of'?: string
}

export type PathItem = Partial<Record<Method, OperationObject>>

export interface FrameObject {
  name: string
  summary: string
  schema: JsonSchema
  /** Inbound: the text as it is sent. Outbound: the frame as JSON. */
  examples: unknown[]
}

export interface WebSocketSection {
  description: string
  addresses: Array<{ address: string; description: string }>
  inbound: FrameObject[]
  outbound: FrameObject[]
  closeCodes: Array<{ code: number; errors: ErrorCode[]; retryable: boolean; description: string }>
}

export interface ErrorRow {
  code: ErrorCode
  status: number
  close: number | null
  retryable: boolean
  description: string
}

export interface ApiDocument {
  openapi: '3.1.1'
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } }
  tags: Array<{ name: string; description: string }>
  paths: Record<string, PathItem>
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, Record<string, string>> }
  'x-websocket': WebSocketSection
  'x-errors': ErrorRow[]
}
