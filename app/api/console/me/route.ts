import { desk } from '#lib/registry.ts'
import { getOperator } from '#lib/transport/server/console.ts'
import { door } from '#lib/transport/server/door.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = door(desk, { GET: getOperator })
