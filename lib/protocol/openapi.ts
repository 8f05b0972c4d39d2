import { chat } from './openapi/chat.ts'
import { consoleDoors } from './openapi/console.ts'
import { desk } from './openapi/desk.ts'
import type { ApiDocument, OperationObject } from './openapi/document.ts'
import { errorRows } from './openapi/faults.ts'
import { identity } from './openapi/identity.ts'
import { introduction } from './openapi/introduction.ts'
import type { Chapter } from './openapi/operation.ts'
import { people } from './openapi/people.ts'
import { createPublisher } from './openapi/publisher.ts'
import { createSchemas } from './openapi/schemas.ts'
import { securitySchemes } from './openapi/security.ts'
import { sessions } from './openapi/sessions.ts'
import { tools } from './openapi/tools.ts'
import { webSocketSection } from './openapi/websocket.ts'

/** The published description of the API (OpenAPI 3.1), made from the schemas that validate. */

export const chapters: Chapter[] = [chat, sessions, identity, people, tools, desk, consoleDoors]

let made: ApiDocument | undefined

/** The description. It is made once; the version is the desk's. */
export function apiDocument(version: string): ApiDocument {
  made ??= describe(version)
  return made
}

function describe(version: string): ApiDocument {
  const schemas = createSchemas()
  const publish = createPublisher(schemas)
  const paths: ApiDocument['paths'] = {}
  for (const { tag, operations } of chapters) {
    for (const operation of operations) {
      const published = publish(tag, operation)
      for (const [index, path] of [operation.path, ...(operation.aliases ?? [])].entries()) {
        paths[path] = { ...paths[path], [operation.method]: index === 0 ? published : asAlias(published, operation.path) }
      }
    }
  }
  const websocket = webSocketSection(schemas)
  return {
    openapi: '3.1.1',
    info: { title: 'Frontdesk', version, description: introduction, license: { name: 'MIT', identifier: 'MIT' } },
    tags: [
      ...chapters.map(({ tag, description }) => ({ name: tag, description })),
      { name: 'WebSocket', description: `${websocket.description}\n\nThe frames stand under \`x-websocket\` in this document.` },
    ],
    paths,
    components: { schemas: sorted(schemas.components), securitySchemes },
    'x-websocket': websocket,
    'x-errors': errorRows,
  }
}

function asAlias(operation: OperationObject, canonical: string): OperationObject {
  const { operationId, summary, description } = operation
  return {
    ...operation,
    operationId: `${operationId}Alias`,
    summary: `${summary} (another name of ${canonical})`,
    description: `The same as \`${canonical}\`. ${description}`,
    'x-alias-of': canonical,
  }
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => a.localeCompare(b, 'en')))
}
