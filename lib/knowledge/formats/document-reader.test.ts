import { afterEach, expect, test } from 'vitest'
import { createDocumentReader } from './document-reader.ts'
import { makeBomb, makeDocx, makePdf, makeZip, pdfText, wordParagraph } from './fixtures.ts'

const opened: Array<{ close: () => Promise<void> }> = []
afterEach(() => Promise.all(opened.splice(0).map((reader) => reader.close())))

function open(options?: { limitMs: number }) {
  const reader = createDocumentReader(options)
  opened.push(reader)
  return reader
}

/** A page whose open formatting is opened again by each of its paragraphs, as the rules for broken HTML want it. */
const endless = () => {
  const fonts = Array.from({ length: 1000 }, (_, at) => `<font size=${at}>`).join('')
  return new TextEncoder().encode(`<main><p>${fonts}</p>${'<p>x</p>'.repeat(3000)}`)
}

test('files of all formats are read in a thread, whatever comes before them', async () => {
  const reader = open()
  const [pdf, docx, html, broken] = await Promise.allSettled([
    reader.read('pdf', makePdf([pdfText(['A page.'], 700)])),
    reader.read('docx', makeDocx(wordParagraph('A letter.'))),
    reader.read('html', new TextEncoder().encode('<main>A site.')),
    reader.read('docx', makeZip({})),
  ])
  const sections = [pdf, docx, html].map((result) => result.status === 'fulfilled' && result.value.sections)
  expect(sections).toEqual([[{ page: 1, text: 'A page.' }], [{ text: 'A letter.' }], [{ text: 'A site.' }]])
  expect(broken).toMatchObject({ status: 'rejected', reason: new Error('it is no Word document') })
})

test('a file that takes too long is given up, and the next one is read', async () => {
  const reader = open({ limitMs: 1500 })
  const outcomes = await Promise.allSettled([reader.read('html', endless()), reader.read('html', new TextEncoder().encode('<main>Next.'))])
  expect(outcomes).toMatchObject([{ reason: new Error('it took longer than 1.5 s') }, { value: { sections: [{ text: 'Next.' }] } }])
})

test('a file that unpacks to more than there is room for is given up, and the next one is read', async () => {
  const reader = open()
  const bomb = makeBomb(400_000_000)
  expect(bomb.length).toBeLessThan(100_000)
  const before = process.memoryUsage().rss
  let most = 0
  const looking = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20)
  const outcomes = await Promise.allSettled([reader.read('pdf', bomb), reader.read('pdf', makePdf([pdfText(['Next.'], 700)]))])
  clearInterval(looking)
  expect(outcomes).toMatchObject([
    { reason: new Error('it needs more memory than it may have') },
    { value: { sections: [{ text: 'Next.' }] } },
  ])
  expect(most - before).toBeLessThan(500 * 1024 * 1024)
}, 20_000)

test('a file that is too large is not even looked at', async () => {
  await expect(open().read('pdf', new Uint8Array(20 * 1024 * 1024 + 1))).rejects.toThrow('it is larger than 20 MB')
})

test('closing ends what is being read', async () => {
  const reader = open()
  const reading = reader.read('html', endless())
  const before = Date.now()
  await Promise.all([
    expect(reading).rejects.toThrow('the desk closes'),
    new Promise((resolve) => setTimeout(resolve, 300)).then(reader.close),
  ])
  expect(Date.now() - before).toBeLessThan(2000)
  await expect(reader.read('html', new Uint8Array())).rejects.toThrow('the desk closes')
})
