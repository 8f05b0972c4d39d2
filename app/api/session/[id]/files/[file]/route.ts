import { desk } from '#lib/registry.ts'
import { door } from '#lib/transport/server/door.ts'
import { getFile } from '#lib/transport/server/files.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = door(desk, { GET: getFile })
