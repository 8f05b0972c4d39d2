import { desk } from '#lib/registry.ts'
import { postChat } from '#lib/transport/server/chat.ts'
import { door } from '#lib/transport/server/door.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = door(desk, { POST: postChat })
