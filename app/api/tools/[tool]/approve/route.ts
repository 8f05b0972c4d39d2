import { desk } from '#lib/registry.ts'
import { door } from '#lib/transport/server/door.ts'
import { postToolApproval } from '#lib/transport/server/tools.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = door(desk, { POST: postToolApproval })
