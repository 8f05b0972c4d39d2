import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openModels } from '#lib/assistant/models/open.ts'
import { createOfflineModel } from '#lib/assistant/offline/model.ts'
import { createResponder } from '#lib/assistant/responder.ts'
import { readConfig } from '#lib/config.ts'
import { type Knowledge, openKnowledge } from '../knowledge.ts'
import { html, openSite } from '../pages/fixtures.ts'
import { openPages } from '../pages/pages.ts'
import { makeDocx, makePdf, pdfText, wordParagraph } from './fixtures.ts'

let folder: string
let knowledge: Knowledge | undefined
let warnings: Array<{ file?: string; err?: Error; reason?: string }>
const log = {
  debug() {},
  info() {},
  warn: (details: object) => void warnings.push(details),
  error: (details: object) => void warnings.push(details),
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knowledge-'))
  warnings = []
})
afterEach(async () => {
  await knowledge?.close()
  await rm(folder, { recursive: true })
})

const put = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content)

/** The manual of a coffee maker, of three pages. */
const manual = (months = 'three') =>
  makePdf([
    [{ text: 'Coffee Maker Manual', y: 760, size: 22 }, ...pdfText(['Thank you for choosing this coffee maker.'], 720)],
    pdfText(['The jug holds twelve cups of coffee.'], 760),
    [
      { text: 'Descaling', y: 760, size: 16 },
      ...pdfText([`Descale the coffee maker every ${months} months with`, 'household vinegar or our own liquid.'], 735),
    ],
  ])

async function ask(text: string) {
  const { chain: models } = await openModels(readConfig({}), { offline: createOfflineModel(0), log })
  const respond = createResponder({ knowledge: knowledge as Knowledge, models, agents: [], deskName: 'Desk', threshold: 0.7 })
  const question = { role: 'visitor', content: text, message_id: 'q', type: 'message', status: 'complete', seq: 1, timestamp: '' }
  const asked = { questions: [question], history: [], degraded: false } as unknown as Parameters<typeof respond>[0]
  const pieces = []
  for await (const piece of respond(asked, new AbortController().signal)) pieces.push(piece)
  return { text: pieces.map((piece) => piece.text).join(''), citations: pieces.flatMap((piece) => piece.citations ?? []) }
}

describe('a folder of all formats', () => {
  beforeEach(async () => {
    await mkdir(join(folder, 'manuals'))
    await put('manuals/Coffee maker #2.pdf', manual())
    await put(
      'rental.docx',
      makeDocx(
        wordParagraph('Bicycle rental', 'Titel') +
          wordParagraph('Deposit', 'berschrift1') +
          wordParagraph('The deposit for a bicycle is 150 dollars.'),
      ),
    )
    await put(
      'parking.html',
      '<html lang="en"><title>Parking</title><main><h1>Parking</h1><p>Parking behind the shop is free for two hours.</p></main>',
    )
    await put('gardens.md', '# Garden tools\n\nWe sharpen garden shears on Fridays.')
    await put('scan.pdf', makePdf([[], []]))
    await put('broken.docx', 'PK\u0003\u0004 but no more')
    await put('urls.txt', 'https://shop.example.com/returns')
  })

  test('answers from each, and names the page of a PDF', async () => {
    knowledge = await openKnowledge(folder, log)
    expect(knowledge.articles().map(({ id, title }) => [id, title])).toEqual([
      ['gardens', 'Garden tools'],
      ['manuals/Coffee maker #2.pdf', 'Coffee Maker Manual'],
      ['parking.html', 'Parking'],
      ['rental.docx', 'Bicycle rental'],
    ])
    const descaling = await ask('How often must I descale the coffee maker?')
    expect(descaling.text).toContain('Descale the coffee maker every three months with household vinegar or our own liquid.')
    expect(descaling.citations[0]).toMatchObject({
      source: 'manuals/Coffee maker #2.pdf#page-3',
      title: 'Coffee Maker Manual – Descaling, page 3',
      url: '/knowledge/manuals/Coffee%20maker%20%232.pdf#page-3',
    })
    const jug = await ask('How many cups of coffee does the jug hold?')
    expect(jug.text).toContain('The jug holds twelve cups of coffee.')
    expect(jug.citations[0]?.title).toBe('Coffee Maker Manual, page 2')
    expect((await ask('How much is the deposit for a bicycle?')).citations[0]?.title).toBe('Bicycle rental – Deposit')
    expect((await ask('Is parking behind the shop free?')).citations[0]?.title).toBe('Parking')
  })

  test('has one warning for each file that cannot be read', async () => {
    knowledge = await openKnowledge(folder, log)
    expect(warnings.map(({ file, err, reason }) => [file, err?.message ?? reason]).sort()).toEqual([
      ['broken.docx', 'it is no archive, or a broken one'],
      ['scan.pdf', 'it has no text: its pages may be scanned pictures, which need text recognition first'],
    ])
  })

  test('is read again when a document changes; its questions stand beside it', async () => {
    knowledge = await openKnowledge(folder, log)
    await put('manuals/Coffee maker #2.pdf', manual('four'))
    await put('manuals/Coffee maker #2.pdf.questions.txt', 'Is it a good machine?\n# Descaling\nWhy does it taste so bitter?')
    const descaled = () => knowledge?.articles().find(({ id }) => id.endsWith('.pdf'))
    await vi.waitFor(() => expect(descaled()?.questions).toEqual(['Is it a good machine?']), 5000)
    expect(descaled()?.passages.at(-1)).toMatchObject({ heading: 'Descaling', page: 3, questions: ['Why does it taste so bitter?'] })
    expect(descaled()?.passages.at(-1)?.text).toContain('every four months')
  })
})

test('a page of the web is cited by its own address, as soon as it was fetched', async () => {
  const site = await openSite()
  site.set('/returns', html('<html lang="en"><title>Returns</title><main><p>You can return a kettle within thirty days.</p></main>'))
  await put('urls.txt', site.at('/returns'))
  const pages = await openPages({
    list: join(folder, 'urls.txt'),
    folder: join(folder, '.pages'),
    everyHours: 0,
    version: '1',
    log,
    isAllowed: (address) => address === '127.0.0.1',
  })
  knowledge = await openKnowledge(folder, log, pages)
  expect(knowledge.articles()).toEqual([])
  await vi.waitFor(() => expect(knowledge?.articles()).toHaveLength(1), 5000)
  const { text, citations } = await ask('Until when can I return a kettle?')
  expect(text).toContain('You can return a kettle within thirty days.')
  expect(citations[0]).toMatchObject({ title: 'Returns', url: site.at('/returns') })
  await site.close()
})
