import { desk } from '#lib/registry.ts'
import { door } from '#lib/transport/server/door.ts'
import { deleteSession, postReset } from '#lib/transport/server/sessions.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = door(desk, { POST: postReset, DELETE: deleteSession })
