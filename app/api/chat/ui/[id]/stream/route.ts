import { desk } from '#lib/registry.ts'
import { door } from '#lib/transport/server/door.ts'
import { getUiStream } from '#lib/transport/server/ui-stream.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = door(desk, { GET: getUiStream })
