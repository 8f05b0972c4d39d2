import { desk } from '#lib/registry.ts'
import { door } from '#lib/transport/server/door.ts'
import { answerMcp } from '#lib/transport/server/mcp.ts'

// What GET and DELETE may do is for the protocol to say.
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = door(desk, { GET: answerMcp, POST: answerMcp, DELETE: answerMcp })
