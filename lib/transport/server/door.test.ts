import { expect, test, vi } from 'vitest'
import { DeskError } from '#lib/protocol/errors.ts'
import { silent } from '#lib/session/fixtures.ts'
import { door } from './door.ts'
import type { House } from './house.ts'
import { stamp } from './stamp.ts'

const error = vi.fn()
const house = { log: { ...silent, error } } as unknown as House

/** Calls a door as the server does: with a judged request and the parameters of its address. */
async function call(handlers: Parameters<typeof door>[1], method: keyof ReturnType<typeof door>, origin?: string) {
  const headers: Record<string, string> = {}
  stamp(headers, { local: false, ip: '10.0.0.1', origin, secure: false }, 'r-1')
  const request = new Request('http://desk/api/session/a?token=secret', { method, headers })
  return door(() => house, handlers)[method](request, { params: Promise.resolve({ id: 'a' }) })
}
const ok = () => Response.json({ ok: true })

test('a handler is given what the server judged and what the address names', async () => {
  const handler = vi.fn(ok)
  await call({ GET: handler }, 'GET')
  expect(handler).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ house, params: { id: 'a' }, requestId: 'r-1', origin: expect.objectContaining({ ip: '10.0.0.1' }) }),
  )
})

test('every answer has its request’s id, is kept by nobody, and differs by origin', async () => {
  const { headers } = await call({ GET: ok }, 'GET')
  expect([headers.get('x-request-id'), headers.get('cache-control'), headers.get('vary')]).toEqual(['r-1', 'no-store', 'Origin'])
  expect(headers.has('access-control-allow-origin')).toBe(false)
  const cached = () => new Response('', { headers: { 'cache-control': 'no-cache' } })
  expect((await call({ GET: cached }, 'GET')).headers.get('cache-control')).toBe('no-cache')
})

test('an origin that was let in may read the answer, errors too', async () => {
  for (const handler of [ok, () => Promise.reject(new DeskError('conflict', 'No.'))]) {
    const { headers } = await call({ GET: handler }, 'GET', 'https://good.com')
    expect(headers.get('access-control-allow-origin')).toBe('https://good.com')
    expect(headers.has('access-control-allow-credentials')).toBe(false)
  }
})

test('what a handler throws becomes the one error shape', async () => {
  const response = await call({ POST: () => Promise.reject(new DeskError('rate_limited', 'Slowly.', 7)) }, 'POST')
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7'])
  expect(await response.json()).toEqual({
    error: { code: 'rate_limited', message: 'Slowly.', retryable: true, request_id: 'r-1' },
    detail: 'Slowly.',
  })
  expect(error).not.toHaveBeenCalled()
})

test('a fault of ours is shown to nobody and logged, without what the address held', async () => {
  const fault = new Error('ENOENT: /home/ann/secret')
  const response = await call({ GET: () => Promise.reject(fault) }, 'GET')
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('ENOENT')
  expect(error).toHaveBeenCalledExactlyOnceWith({ err: fault, requestId: 'r-1', url: '/api/session/a' }, 'a request failed')
})

test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'] as const)('%s without a handler is not possible, and says what is', async (method) => {
  const response = await call({ POST: ok }, method)
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
})

test('a preflight names the methods there are', async () => {
  const response = await call({ GET: ok, DELETE: ok }, 'OPTIONS', 'https://good.com')
  expect([response.status, response.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, DELETE'])
  expect(response.headers.get('access-control-allow-origin')).toBe('https://good.com')
})
