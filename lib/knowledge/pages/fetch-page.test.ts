import type { lookup } from 'node:dns'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fetchPage, type Terms } from './fetch-page.ts'
import { type Handler, html, openSite, redirect } from './fixtures.ts'
import { createGuardedLookup, isPublicAddress } from './public-address.ts'

let site: Awaited<ReturnType<typeof openSite>>
beforeEach(async () => {
  site = await openSite()
})
afterEach(() => site.close())

/** As a desk fetches, but that the test's own site may be asked. */
function terms(more: Partial<Terms> = {}): Terms {
  const isAllowed = (address: string) => address === '127.0.0.1' || isPublicAddress(address)
  return {
    headers: {},
    takes: (type) => type === 'text/html',
    isAllowed,
    lookup: createGuardedLookup(isAllowed),
    maxBytes: 100_000,
    limitMs: 2000,
    mayFollow: async () => undefined,
    signal: new AbortController().signal,
    ...more,
  }
}

/** A resolver that gives another address each time. */
function namesOneAfterAnother(addresses: string[]): typeof lookup {
  const resolve = (_name: string, _options: object, done: (error: null, found: object[]) => void) =>
    done(null, [{ address: addresses.shift() ?? '', family: 4 }])
  return resolve as unknown as typeof lookup
}

const get = (path: string, more?: Partial<Terms>) => fetchPage(new URL(path, site.at('/')), terms(more))
const text = ({ body }: { body: Uint8Array }) => new TextDecoder().decode(body)

test('a page comes with what its next visit needs', async () => {
  site.set('/a', html('<p>é', { etag: '"1"', 'last-modified': 'Tue, 03 Nov 2026 10:00:00 GMT' }))
  const answer = await get('/a')
  expect(answer).toMatchObject({
    status: 200,
    type: 'text/html',
    charset: 'utf-8',
    etag: '"1"',
    lastModified: 'Tue, 03 Nov 2026 10:00:00 GMT',
  })
  expect(text(answer)).toBe('<p>é')
})

test('it is unpacked, and counted unpacked', async () => {
  const packed =
    (size: number): Handler =>
    (response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(gzipSync('a'.repeat(size)))
    }
  site.set('/small', packed(1000))
  site.set('/bomb', packed(50_000_000))
  expect(text(await get('/small'))).toBe('a'.repeat(1000))
  await expect(get('/bomb')).rejects.toThrow('it is larger than')
})

test('three redirects are followed, a fourth is not, and each is asked about', async () => {
  for (const at of [1, 2, 3, 4]) site.set(`/${at}`, redirect(`/${at + 1}`))
  site.set('/5', html('end'))
  const followed: string[] = []
  const mayFollow = async ({ pathname }: URL) => void followed.push(pathname)
  expect(text(await get('/2', { mayFollow }))).toBe('end')
  expect(followed).toEqual(['/3', '/4', '/5'])
  await expect(get('/1')).rejects.toThrow('it redirects more than 3 times')
})

describe('where it may not go', () => {
  test.each([
    ['http://127.0.0.1:1/', '127.0.0.1'],
    ['http://127.1:1/', '127.0.0.1'],
    ['http://0x7f.1:1/', '127.0.0.1'],
    ['http://017700000001:1/', '127.0.0.1'],
    ['http://2130706433:1/', '127.0.0.1'],
    ['http://0:1/', '0.0.0.0'],
    ['http://169.254.169.254/latest/meta-data/', 'metadata'],
    ['http://[::1]:1/', '::1'],
    ['http://[::]:1/', '::'],
    ['http://[::ffff:a9fe:a9fe]/', 'metadata'],
    ['http://[fd00::1]/', 'fd00::1'],
    ['http://localhost:1/', 'a name'],
  ])('%s (%s)', async (address) => {
    const strict = terms({ isAllowed: isPublicAddress, lookup: createGuardedLookup(isPublicAddress) })
    await expect(fetchPage(new URL(address), strict)).rejects.toThrow('it leads to a private address')
  })

  test.each([
    ['http://169.254.169.254/latest/meta-data/', 'it leads to a private address'],
    ['http://127.0.0.2:1/', 'it leads to a private address'],
    ['http://[::1]:1/', 'it leads to a private address'],
    ['file:///etc/passwd', 'it leads to something that is not http'],
    ['gopher://127.0.0.1/', 'it leads to something that is not http'],
    ['http://me:secret@example.com/', 'it leads to an address with a name and password in it'],
  ])('by a redirect to %s', async (location, sentence) => {
    site.set('/a', redirect(location))
    await expect(get('/a')).rejects.toThrow(sentence)
  })

  test('by a name that was public a moment ago', async () => {
    site.set('/', html('inside'))
    const answers = ['93.184.216.34', '127.0.0.1']
    const rebinding = namesOneAfterAnother(answers)
    // As somebody sees it who checks the name before the connection is made.
    rebinding('rebind.example', { all: true }, (_, found) => expect(found).toEqual([{ address: '93.184.216.34', family: 4 }]))
    const strict = terms({ isAllowed: isPublicAddress, lookup: createGuardedLookup(isPublicAddress, rebinding) })
    await expect(fetchPage(new URL(`http://rebind.example:${site.port}/`), strict)).rejects.toThrow('it leads to a private address')
    expect(answers).toEqual([])
    expect(site.asked).toEqual([])
  })

  test('even when the lookup lets it pass: the connected address is what counts', async () => {
    site.set('/', html('inside'))
    const careless = createGuardedLookup(() => true, namesOneAfterAnother(['127.0.0.1']))
    await expect(
      fetchPage(new URL(`http://any.example:${site.port}/`), terms({ isAllowed: isPublicAddress, lookup: careless })),
    ).rejects.toThrow('it leads to a private address')
    expect(site.asked).toEqual([])
  })
})

describe('what it does not wait for or take', () => {
  test('an answer that does not come', async () => {
    site.set('/slow', () => undefined)
    await expect(get('/slow', { limitMs: 150 })).rejects.toThrow('it took longer than 0.15 s')
  })

  test('an answer that comes drop by drop', async () => {
    site.set('/drops', (response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      const timer = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(timer))
    })
    await expect(get('/drops', { limitMs: 200 })).rejects.toThrow('it took longer than 0.2 s')
  })

  test('more than it may be', async () => {
    site.set('/huge', html('a'.repeat(200_000)))
    await expect(get('/huge')).rejects.toThrow('it is larger than')
  })

  test('another type, which is not even read', async () => {
    let ended = false
    site.set('/video', (response) => {
      response.on('close', () => {
        ended = response.writableFinished
      })
      response.writeHead(200, { 'content-type': 'video/mp4' }).write('a')
    })
    await expect(get('/video')).rejects.toThrow('it is of a type that is not read (video/mp4)')
    expect(ended).toBe(false)
  })

  test('an answer that breaks off', async () => {
    site.set('/cut', (response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '100' }).write('half')
      setTimeout(() => response.destroy(), 50)
    })
    await expect(get('/cut')).rejects.toThrow(/aborted|broke|hang up/)
  })

  test('what is no HTTP', async () => {
    await expect(fetchPage(new URL('http://127.0.0.1:1/'), terms())).rejects.toThrow('ECONNREFUSED')
  })
})
