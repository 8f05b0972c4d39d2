import { createHash } from 'node:crypto'
import { apiDocument } from '#lib/protocol/openapi.ts'
import { desk } from '#lib/registry.ts'
import { type Call, door } from '#lib/transport/server/door.ts'

let made: ReturnType<typeof write> | undefined

/** `GET /openapi.json`: written once, and not sent again to those who have it. */
function getDescription({ house, request }: Call): Response {
  made ??= write(house.version)
  const { etag, text } = made
  const headers = { etag, 'cache-control': 'public, max-age=0, must-revalidate' }
  if (request.headers.get('if-none-match')?.includes(etag)) return new Response(null, { status: 304, headers })
  return new Response(text, { headers: { ...headers, 'content-type': 'application/json' } })
}

function write(version: string) {
  const text = JSON.stringify(apiDocument(version))
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` }
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = door(desk, { GET: getDescription })
