import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { makePdf, pdfText } from '../formats/fixtures.ts'
import { html, openSite, redirect } from './fixtures.ts'
import { openPages } from './pages.ts'
import { isPublicAddress } from './public-address.ts'

let folder: string
let site: Awaited<ReturnType<typeof openSite>>
let logged: Array<{ message: string; failed?: number; first?: Array<{ url: string; reason: string }> }>
const opened: Array<{ close: () => Promise<void> }> = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pages-'))
  site = await openSite()
  logged = []
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pages) => pages.close()))
  await site.close()
  await rm(folder, { recursive: true })
})

const list = (...lines: string[]) => writeFile(join(folder, 'urls.txt'), lines.join('\n'))

/** Pages whose list is followed once, before this resolves. */
async function sync(options: Partial<Parameters<typeof openPages>[0]> = {}) {
  const note = (details: object, message: string) => void logged.push({ ...details, message })
  const changes = vi.fn<() => void>()
  const pages = await openPages({
    list: join(folder, 'urls.txt'),
    folder: join(folder, 'pages'),
    everyHours: 0,
    version: '1.2.3',
    log: { debug: note, info: note, warn: note, error: note },
    isAllowed: (address) => address === '127.0.0.1' || isPublicAddress(address),
    pauseMs: 0,
    limitMs: 1000,
    ...options,
  })
  opened.push(pages)
  const before = logged.length
  pages.start(changes)
  await vi.waitFor(() => expect(logged.slice(before).some(({ message }) => message.endsWith('were fetched'))).toBe(true), 5000)
  return { pages, changes, texts: async () => (await pages.articles()).flatMap(({ passages }) => passages.map(({ text }) => text)) }
}

const reasons = () => logged.flatMap(({ first = [] }) => first.map(({ reason }) => reason))
const main = (text: string) => html(`<html lang="en"><title>Returns</title><main><p>${text}</p></main>`)

describe('a page of the list', () => {
  test('becomes an article that its own address is cited for', async () => {
    site.set('/returns', main('Thirty days.'))
    await list('# our pages', '', `${site.at('/returns')}   # the policy`)
    const { pages, changes } = await sync()
    expect(await pages.articles()).toMatchObject([
      { title: 'Returns', language: 'en', url: site.at('/returns'), passages: [{ heading: 'Returns', text: 'Thirty days.' }] },
    ])
    expect(changes).toHaveBeenCalledTimes(1)
    expect(site.asked[0]?.headers).toMatchObject({ 'user-agent': 'Frontdesk/1.2.3', accept: expect.stringContaining('text/html') })
  })

  test('may be plain text, Markdown or a PDF', async () => {
    const answer = (type: string, body: string | Uint8Array) =>
      site.set(`/${type.split('/')[1]}`, (response) => response.writeHead(200, { 'content-type': type }).end(body))
    answer('text/plain', 'Q: When are you open?\nA: From nine to six.\n\nQ: Where?\nA: At the harbor.')
    answer(
      'text/markdown',
      '---\ntitle: Prices\nsuggest: Is everything free?\nquestions: [Is it free?]\n---\n## Repairs\nTen dol\u200blars.',
    )
    answer('application/pdf', makePdf([pdfText(['The lamp is green.'], 700)]))
    await list(site.at('/plain'), site.at('/markdown'), site.at('/pdf'))
    const { pages } = await sync()
    const articles = await pages.articles()
    expect(articles.map(({ title }) => title).sort()).toEqual(['Pdf', 'Prices', 'When are you open?', 'Where?'])
    const prices = articles.find(({ title }) => title === 'Prices')
    expect(prices).toMatchObject({ questions: [], passages: [{ heading: 'Repairs', text: 'Ten dollars.' }] })
    expect(prices?.suggest).toBeUndefined()
    expect(articles.find(({ title }) => title === 'Pdf')?.passages[0]).toMatchObject({ text: 'The lamp is green.', page: 1 })
  })

  test('that did not change is not read again: by its tag, its date or its content', async () => {
    site.set('/tag', (response, { headers }) =>
      headers['if-none-match'] === '"7"' ? response.writeHead(304).end() : html('<main>Tagged.', { etag: '"7"' })(response, null as never),
    )
    const date = 'Tue, 03 Nov 2026 10:00:00 GMT'
    site.set('/date', (response, { headers }) =>
      headers['if-modified-since'] === date
        ? response.writeHead(304).end()
        : html('<main>Dated.', { 'last-modified': date })(response, null as never),
    )
    let visits = 0
    site.set('/same', (response, request) => html(`<script>var visit = ${visits++}</script><main>The same.`)(response, request))
    await list(site.at('/tag'), site.at('/date'), site.at('/same'))
    expect((await sync()).changes).toHaveBeenCalledTimes(1)
    const second = await sync()
    expect(visits).toBe(2)
    expect(second.changes).not.toHaveBeenCalled()
    expect((await second.texts()).sort()).toEqual(['Dated.', 'Tagged.', 'The same.'])
    site.set('/same', main('Another.'))
    const third = await sync()
    expect(third.changes).toHaveBeenCalledTimes(1)
    expect(await third.texts()).toContain('Another.')
  })

  test.each([404, 410])('that is gone (%i) leaves, also from the disk', async (status) => {
    site.set('/a', main('Text.'))
    await list(site.at('/a'))
    await sync()
    site.set('/a', (response) => response.writeHead(status).end())
    const { texts, changes } = await sync()
    expect(await texts()).toEqual([])
    expect(changes).toHaveBeenCalledTimes(1)
    expect(await readdir(join(folder, 'pages'))).toEqual([])
  })

  test.each([
    ['an error', (response: Parameters<ReturnType<typeof html>>[0]) => response.writeHead(500).end('<main>Sorry</main>'), 'it answers 500'],
    ['a refusal', (response: Parameters<ReturnType<typeof html>>[0]) => response.writeHead(403).end(), 'it answers 403'],
    ['no answer in time', () => undefined, 'it took longer than 1 s'],
    ['a page without text', html('<main><script>1</script></main>'), 'it has no text'],
    ['another type', html('{}', { 'content-type': 'application/json' }), 'it is of a type that is not read (application/json)'],
    ['too much', html('a'.repeat(6 * 1024 * 1024)), 'it is larger than 5 MB'],
    ['a redirect to a private address', redirect('http://169.254.169.254/'), 'it leads to a private address'],
  ])('that fails stays as it was: %s', async (_, handler, reason) => {
    site.set('/a', main('Text.'))
    await list(site.at('/a'))
    await sync()
    site.set('/a', handler)
    const { texts, changes } = await sync()
    expect(await texts()).toEqual(['Text.'])
    expect(changes).not.toHaveBeenCalled()
    expect(reasons()).toEqual([reason])
  })

  test('is there after a start without network', async () => {
    site.set('/a', main('Text.'))
    await list(site.at('/a'))
    await sync()
    const { texts } = await sync({ isAllowed: () => false })
    expect(await texts()).toEqual(['Text.'])
    expect(reasons()[0]).toContain('it leads to a private address')
  })

  test.each([
    ['is cut', () => '{"url":"http'],
    ['says nothing', (kept: string) => kept.replace('Text.', ' ')],
  ])('is fetched anew when its file %s, and the others stay', async (_, spoilt) => {
    for (const path of ['/a', '/b']) site.set(path, main('Text.'))
    await list(site.at('/a'), site.at('/b'))
    await sync()
    const [name = ''] = await readdir(join(folder, 'pages'))
    const file = join(folder, 'pages', name)
    await writeFile(file, spoilt(await readFile(file, 'utf8')))
    expect(await (await sync({ isAllowed: () => false })).texts()).toEqual(['Text.'])
    expect(await (await sync()).texts()).toEqual(['Text.', 'Text.'])
  })

  test('that the list no longer names leaves', async () => {
    for (const path of ['/a', '/b']) site.set(path, main(path))
    await list(site.at('/a'), site.at('/b'))
    const { texts } = await sync()
    await list(site.at('/b'))
    // At once for the answers, and from the disk when the list was followed.
    expect(await texts()).toEqual(['/b'])
    await vi.waitFor(async () => expect(await readdir(join(folder, 'pages'))).toHaveLength(1))
  })

  test('of this machine is not fetched, since nothing allows it', async () => {
    site.set('/a', main('Inside.'))
    await list(site.at('/a'), `http://localhost:${site.port}/a`)
    const { texts } = await sync({ isAllowed: isPublicAddress })
    expect(await texts()).toEqual([])
    expect(site.asked).toEqual([])
    expect(reasons().every((reason) => reason.endsWith('it leads to a private address'))).toBe(true)
  })
})

describe('more than one page', () => {
  test('below an address: those that it links to', async () => {
    const links = ['hours#now', '/help/hours', 'prices/', '/about', 'https://elsewhere.example/help/x', 'logo.png', 'mailto:a@b.c']
    site.set('/help/', html(`<main>Help. ${links.map((link) => `<a href="${link}">x</a>`).join('')}</main>`))
    for (const path of ['/help/hours', '/help/prices/', '/about']) site.set(path, main(path))
    await list(`${site.at('/help')}/*`)
    const { texts } = await sync()
    expect((await texts()).sort()).toEqual(['/help/hours', '/help/prices/', 'Help. xxxxxxx'])
    expect(site.asked.map(({ path }) => path)).toEqual(['/help/', '/help/hours', '/help/prices/'])
    site.set('/help/', main('Help without links.'))
    expect(await (await sync()).texts()).toEqual(['Help without links.'])
  })

  test('of a site map, at most a hundred, of its own site', async () => {
    const paths = Array.from({ length: 120 }, (_, at) => `/p${at}`)
    const xml = `<urlset>${paths.map((path) => `<url><loc> ${site.at(path)} </loc></url>`).join('')}<url><loc>https://elsewhere.example/</loc></url></urlset>`
    site.set('/sitemap.xml', html(xml, { 'content-type': 'application/xml' }))
    for (const path of paths) site.set(path, main(path))
    await list(site.at('/sitemap.xml'))
    const { texts } = await sync()
    expect(await texts()).toHaveLength(100)
    expect(reasons()).toEqual(['it leads to more than 100 pages: the others are left out'])
    site.set('/sitemap.xml', (response) => response.writeHead(500).end())
    expect(await (await sync()).texts()).toHaveLength(100)
  })
})

describe('robots.txt', () => {
  const robots = (text: string) =>
    site.set('/robots.txt', (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(text))

  test('is kept to, for links and redirects too; what it comes to forbid leaves', async () => {
    robots('User-agent: *\nDisallow: /\n\nUser-agent: frontdesk\nDisallow: /private')
    site.set('/a', main('Text.'))
    site.set('/b', redirect('/private/b'))
    site.set('/private/b', main('Private.'))
    await list(site.at('/a'), site.at('/b'), site.at('/private/b'))
    expect(await (await sync()).texts()).toEqual(['Text.'])
    expect(site.asked.map(({ path }) => path)).toEqual(['/a', '/b'])
    robots('User-agent: *\nDisallow: /')
    expect(await (await sync()).texts()).toEqual([])
    expect(site.asked).toHaveLength(2)
  })

  test('that cannot be had forbids all, and changes nothing', async () => {
    site.set('/a', main('Text.'))
    await list(site.at('/a'))
    await sync()
    site.set('/robots.txt', (response) => response.writeHead(503).end())
    site.set('/a', main('New text.'))
    expect(await (await sync()).texts()).toEqual(['Text.'])
    expect(reasons()).toEqual(['the robots.txt of its site cannot be read: it answers 503'])
  })
})

describe('the list', () => {
  test('is followed again when it changed, and by and by', async () => {
    site.set('/a', main('First.'))
    site.set('/b', main('Second.'))
    await list(site.at('/a'))
    const { pages, texts, changes } = await sync({ everyHours: 0.3 / 3600 })
    site.set('/a', main('First again.'))
    await vi.waitFor(async () => expect(await texts()).toEqual(['First again.']), 5000)
    await list(site.at('/a'), site.at('/b'))
    await pages.articles()
    await vi.waitFor(async () => expect(await texts()).toEqual(['First again.', 'Second.']), 5000)
    expect(changes).toHaveBeenCalledTimes(3)
  })

  test('says which of its lines are none', async () => {
    site.set('/a', main('Text.'))
    await list('ftp://example.com/', 'returns', 'https://me:secret@example.com/', site.at('/a'))
    await sync()
    const faults = logged.filter(({ message }) => message === 'a line of the list of addresses is left out')
    expect(faults).toHaveLength(3)
    expect(JSON.stringify(logged)).not.toContain('secret')
  })

  test('ends in the middle of a page when the desk closes', async () => {
    site.set('/slow', () => undefined)
    site.set('/a', main('Text.'))
    await list(site.at('/a'))
    const { pages } = await sync({ limitMs: 60_000 })
    await list(site.at('/slow'))
    await pages.articles()
    await vi.waitFor(() => expect(site.asked.at(-1)?.path).toBe('/slow'))
    const before = Date.now()
    await pages.close()
    expect(Date.now() - before).toBeLessThan(1000)
    expect(logged.map(({ message }) => message)).not.toContain('the pages of the list of addresses could not be kept')
  })
})
