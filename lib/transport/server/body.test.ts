import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { readBody, readQuery, readText } from './body.ts'

const post = (body: BodyInit, headers: Record<string, string> = {}) => {
  return new Request('http://desk/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
}
/** A body in pieces, without a declared length; `pulled` counts the pieces that were asked for. */
function chunked(pieces: Iterable<Uint8Array | string>, headers?: Record<string, string>) {
  const pulled = vi.fn()
  const source = pieces[Symbol.iterator]()
  const encoder = new TextEncoder()
  const stream = new ReadableStream(
    {
      pull(controller) {
        const { value, done } = source.next()
        if (done) return controller.close()
        pulled()
        controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
      },
    },
    { highWaterMark: 0 },
  )
  return { request: post(stream, headers), pulled }
}
function* endless(): Generator<string> {
  for (;;) yield 'x'.repeat(10)
}

describe('a text', () => {
  test('is read to its end, also when characters are torn', async () => {
    const bytes = new TextEncoder().encode('Grüße 👋')
    expect(await readText(chunked(Array.from(bytes, (byte) => Uint8Array.of(byte))).request)).toBe('Grüße 👋')
    expect(await readText(new Request('http://desk/'))).toBe('')
  })

  test('may be as large as the limit, in bytes', async () => {
    expect(await readText(chunked(['ü', 'ü']).request, 4)).toBe('üü')
    await expect(readText(chunked(['ü', 'üx']).request, 4)).rejects.toMatchObject({ code: 'too_large' })
  })

  test('is refused by its declared length before it is read', async () => {
    const { request, pulled } = chunked(['x'], { 'content-length': '11' })
    await expect(readText(request, 10)).rejects.toMatchObject({ code: 'too_large' })
    expect(pulled).not.toHaveBeenCalled()
  })

  test('is read no further than the limit, however much follows', async () => {
    const { request, pulled } = chunked(endless())
    await expect(readText(request, 25)).rejects.toMatchObject({ code: 'too_large' })
    expect(pulled).toHaveBeenCalledTimes(3)
  })

  test.each([
    ['a torn end', [0x47, 0xc3]],
    ['a byte that is none', [0x47, 0xff, 0x47]],
    ['half of a pair', [0xed, 0xa0, 0x80]],
  ])('that is not UTF-8 is refused: %s', async (_, bytes) => {
    await expect(readText(post(Uint8Array.from(bytes)))).rejects.toMatchObject({ code: 'invalid', message: 'The body is not UTF-8.' })
  })
})

describe('a JSON body', () => {
  const schema = z.object({ message: z.string().optional() })

  test.each([
    ['of any content type', '{"message":"Hi"}', { message: 'Hi' }],
    ['that is empty', '', {}],
    ['that is blank', ' \n', {}],
    ['with a mark of its byte order', '\ufeff{"message":"Hi"}', { message: 'Hi' }],
    ['with more than is known', '{"message":"Hi","role":"admin"}', { message: 'Hi' }],
  ])('%s is read', async (_, body, expected) => expect(await readBody(post(body), schema)).toEqual(expected))

  test.each([
    ['{"message":', 'bad_json', 'The body is not JSON.'],
    ['{"message":5}', 'invalid', /^message: must be text$/],
    ['[]', 'invalid', /^What was sent must be a JSON object\.$/],
    ['null', 'invalid', /^What was sent must be a JSON object\.$/],
    [`"${'x'.repeat(65_536)}"`, 'too_large', /65536 bytes/],
  ])('%.14s is refused', async (body, code, message) => {
    await expect(readBody(post(body), schema)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })
})

test('of a name that a query has twice the first counts', () => {
  const schema = z.object({ a: z.string(), toString: z.undefined().optional() })
  expect(readQuery('http://desk/?a=1&a=2&__proto__=3', z.looseObject({}))).toEqual({ a: '1' })
  expect(() => readQuery('http://desk/?b=1', schema)).toThrow(expect.objectContaining({ code: 'invalid' }))
})
