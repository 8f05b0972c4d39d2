import { desk } from '#lib/registry.ts'
import { getStats } from '#lib/transport/server/desk-doors.ts'
import { door } from '#lib/transport/server/door.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = door(desk, { GET: getStats })
