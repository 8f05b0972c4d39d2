import { desk } from '#lib/registry.ts'
import { postSite } from '#lib/transport/server/auth.ts'
import { door } from '#lib/transport/server/door.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = door(desk, { POST: postSite })
