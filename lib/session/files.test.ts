import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createLocalBus } from '#lib/bus/local-bus.ts'
import { createHall, puppet, ref } from './fixtures.ts'
import { mediaTypeOf } from './media-type.ts'
import { createMemoryStore } from './memory-store.ts'
import type { Allow, SessionStore } from './ports.ts'

const visitor = { role: 'visitor' } as const
const here = ref('session-1')
const MB = 1024 * 1024
const bytes = (head: string, size = 100) => Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(size - head.length)])
const png = (size?: number) => bytes('\x89PNG\r\n\x1a\n', size)

let store: SessionStore
let assistant: ReturnType<typeof puppet>
let allow: ReturnType<typeof vi.fn<Allow>>
let hall: ReturnType<typeof createHall>
beforeEach(() => {
  store = createMemoryStore(Date.now)
  assistant = puppet()
  allow = vi.fn<Allow>().mockResolvedValue()
  hall = createHall(store, createLocalBus(), assistant.respond, { allow })
})
const add = (name = 'screen.png', content: Uint8Array = png(), to = here) => hall.files.addFile(visitor, to, { name, bytes: content })
const send = (text: string, attachments: string[]) => hall.service.act(visitor, here, { type: 'message', text, attachments })

test.each([
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff\xe0'],
  ['image/gif', 'GIF89a'],
  ['image/webp', 'RIFF\n\x00\x00\x00WEBP'],
  ['application/pdf', '%PDF-1.7'],
  [undefined, '<svg onload="alert(1)">'],
  [undefined, 'RIFF\x00\x00\x00\x00WAVE'],
  [undefined, ' %PDF-1.7'],
  [undefined, ''],
])('what begins so is %s', (type, head) => {
  expect(mediaTypeOf(bytes(head))).toBe(type)
})

describe('a file', () => {
  test('is kept as it was sent, by what it is and not by what it is called', async () => {
    const sent = await add('C:\\pictures\\my\u202e screen.exe')
    expect(sent).toEqual({ file_id: expect.any(String), name: 'my screen.exe', media_type: 'image/png', size: 100 })
    expect(await hall.files.openFile(here, sent.file_id)).toEqual({ attachment: sent, bytes: png() })
    expect((await add('  ')).name).toBe('file.png')
    expect((await add('a'.repeat(500))).name).toHaveLength(120)
  })

  test.each([
    ['that is empty', new Uint8Array(), 'invalid'],
    ['of another kind', bytes('<html>'), 'invalid'],
    ['that is too large', png(10 * MB + 1), 'too_large'],
  ])('%s is not', async (_, content, code) => {
    await expect(add('x', content)).rejects.toMatchObject({ code })
    expect(hall.blobs.kept.size).toBe(0)
  })

  test('counts against the limits of its sender', async () => {
    allow.mockRejectedValueOnce(Object.assign(new Error('no'), { code: 'rate_limited' }))
    await expect(add()).rejects.toMatchObject({ code: 'rate_limited' })
    expect(hall.blobs.kept.size).toBe(0)
  })

  test('too many in a session is refused, and leaves nothing', async () => {
    for (let at = 0; at < 5; at += 1) await add('large.png', png(10 * MB))
    await expect(add()).rejects.toMatchObject({ code: 'too_large' })
    expect(hall.blobs.kept.size).toBe(5)
    await add('in another.png', png(), ref('session-2'))
  })

  test('sent at the same time as others cannot get past the limit', async () => {
    const sent = await Promise.allSettled(Array.from({ length: 8 }, () => add('large.png', png(10 * MB))))
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    expect(hall.blobs.kept.size).toBe(5)
  })

  test('is refused when all together have no room', async () => {
    for (let at = 0; at < 10; at += 1) await add('large.png', png(10 * MB), ref(`other-${at}`))
    await expect(add()).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('is for its own session', async () => {
    const { file_id } = await add()
    await expect(hall.files.openFile(ref('session-2'), file_id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(hall.files.openFile(here, 'unknown')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('goes with its session', async () => {
    const { file_id } = await add()
    await add('in another.png', png(), ref('session-2'))
    await hall.service.erase(here)
    expect(hall.blobs.kept.size).toBe(1)
    await expect(hall.files.openFile(here, file_id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a message', () => {
  test('carries files in its order, each once, with text or without', async () => {
    const [one, two] = [await add('one.png'), await add('two.png')]
    await send('', [two.file_id, one.file_id, two.file_id])
    const [message] = await store.messages(here, { after: 0, limit: 9 })
    expect(message).toMatchObject({ content: '', attachments: [two, one] })
    expect((await assistant.answer()).questions).toEqual([''])
  })

  test('cannot name what is not in its session', async () => {
    const other = await add('other.png', png(), ref('session-2'))
    await expect(send('See this', [other.file_id])).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(other.file_id),
    })
    expect(await store.messages(here, { after: 0, limit: 9 })).toEqual([])
  })

  test('keeps its files when it is said in other words', async () => {
    const { file_id } = await add()
    const { message_id = '' } = await send('See tihs', [file_id])
    await hall.service.act(visitor, here, { type: 'edit', message_id, text: 'See this' })
    expect(await store.messages(here, { after: 0, limit: 9 })).toMatchObject([{ content: 'See this', attachments: [{ file_id }] }])
  })
})
