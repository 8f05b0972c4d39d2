import { createServer, type IncomingHttpHeaders, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { apiDocument } from '#lib/protocol/openapi.ts'
import type { House } from './house.ts'
import { createReception } from './reception.ts'

const policy = { publicUrl: undefined, corsOrigins: [], trustedHops: 0, boundToLoopback: true }
const house = { newId: () => 'r-1', settings: { origins: policy } } as unknown as House
/** What came through to the pages. */
let seen: Array<{ method: string | undefined; headers: IncomingHttpHeaders }> = []
const server = createServer(
  createReception(
    house,
    async ({ method, headers }, response) => {
      seen.push({ method, headers })
      response.end('a page')
    },
    false,
  ),
)

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => server.close())
beforeEach(() => {
  seen = []
})

/** fetch() refuses to send some methods. */
function call(method: string, path: string, headers: Record<string, string> = {}) {
  const { port } = server.address() as AddressInfo
  return new Promise<{ status: number; allow: string | undefined; text: string }>((resolve, reject) => {
    const sent = send({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, allow: response.headers.allow, text }))
    })
    sent.on('error', reject).end()
  })
}

const pages = ['/', '/docs', '/redoc', '/test', '/knowledge/hours', '/widget_websocket.html', '/static/docs.css', '/chats', '/ws/chat']

describe('what is there to be read', () => {
  test.each(pages)('%s takes no other method', async (path) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
      const { status, allow, text } = await call(method, path, { 'next-action': 'x' })
      expect([status, allow]).toEqual([405, 'GET, HEAD, OPTIONS'])
      expect(JSON.parse(text)).toMatchObject({
        error: { code: 'method_not_allowed', request_id: 'r-1' },
        detail: `${method} is not possible here.`,
      })
    }
    expect(await call('OPTIONS', path)).toEqual({ status: 204, allow: 'GET, HEAD, OPTIONS', text: '' })
    expect(seen).toEqual([])
    expect((await call('GET', path)).text).toBe('a page')
    expect((await call('HEAD', path)).status).toBe(200)
  })
})

describe('a door', () => {
  const published = Object.keys(apiDocument('1.0.0').paths).map((path) => path.replace(/\{\w+\}/g, 'user-123'))

  test.each([...published, '/chat/', '/chat?message=x', '/api/nothing'])('%s is asked itself, whatever the method', async (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) expect((await call(method, path)).text).toBe('a page')
    expect(await call('TRACE', path)).toMatchObject({ status: 405, allow: expect.stringContaining('POST') })
  })

  test('never hears of actions that pages could have', async () => {
    await call('POST', '/api/chat', { 'next-action': 'x', 'next-resume': '1' })
    expect(seen).toHaveLength(1)
    expect(Object.keys(seen[0]?.headers ?? {})).not.toEqual(expect.arrayContaining([expect.stringMatching(/^next-/)]))
  })
})
