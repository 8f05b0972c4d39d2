import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { articleOf } from './document.ts'
import { makePdf, pdfText } from './fixtures.ts'
import { readPdf } from './pdf.ts'

/** A page of a manual as programs make them: a running header and footer around the text. */
function manualPage(number: number, lines: ReturnType<typeof pdfText>) {
  return [
    { text: 'Harbor Computers - Owner Manual', y: 810, size: 9 },
    ...lines,
    { text: `Revision 4, page ${number} of 4`, x: 250, y: 30, size: 9 },
  ]
}

const manual = () =>
  makePdf([
    manualPage(1, [
      { text: 'Coffee Maker Manual', y: 760, size: 22 },
      ...pdfText(['Thank you for choosing this machine. It makes up to twelve', 'cups in nine minutes.'], 720),
    ]),
    manualPage(2, [
      { text: 'Cleaning', y: 760, size: 15 },
      ...pdfText(
        ['Rinse the jug after each use. The machine needs a descal-', 'ing every three months with a well-known household acid,'],
        735,
      ),
      ...pdfText(['or with our own liquid.'], 707),
      { text: 'Before you start', y: 670, bold: true },
      ...pdfText(
        [
          'Pull the plug and let the machine cool down.',
          '- Empty the tank.',
          '- Take out the filter. It may be hot and',
          '  drip a little.',
        ],
        656,
      ),
      ...pdfText(['The lamp is red while the machine is'], 570),
    ]),
    manualPage(3, pdfText(['too hot to be opened. Then it turns green.', 'A well-', 'known mistake is to use vinegar.'], 760)),
    manualPage(4, [
      { text: 'Warranty', y: 760, size: 15 },
      ...pdfText(['The warranty covers the pump for 5 years (parts & labour).'], 735),
    ]),
  ])

describe('a PDF', () => {
  test('is told by page and heading, without what runs along its edges', async () => {
    const { title, sections } = await readPdf(manual())
    expect(title).toBe('Coffee Maker Manual')
    expect(sections).toEqual([
      { page: 1, text: 'Thank you for choosing this machine. It makes up to twelve cups in nine minutes.' },
      {
        page: 2,
        heading: 'Cleaning',
        text: 'Rinse the jug after each use. The machine needs a descaling every three months with a well-known household acid, or with our own liquid.',
      },
      {
        page: 2,
        heading: 'Before you start',
        text: [
          'Pull the plug and let the machine cool down.',
          '- Empty the tank.\n- Take out the filter. It may be hot and drip a little.',
          'The lamp is red while the machine is too hot to be opened.',
        ].join('\n\n'),
      },
      { page: 3, heading: 'Before you start', text: 'Then it turns green. A well-known mistake is to use vinegar.' },
      { page: 4, heading: 'Warranty', text: 'The warranty covers the pump for 5 years (parts & labour).' },
    ])
  })

  test('becomes an article whose passages know their pages', async () => {
    const article = articleOf('manuals/coffee.pdf', await readPdf(manual()))
    expect(article).toMatchObject({ id: 'manuals/coffee.pdf', file: 'manuals/coffee.pdf', title: 'Coffee Maker Manual', language: 'en' })
    expect(article.passages.map(({ id, page }) => [id, page])).toEqual([
      ['manuals/coffee.pdf#page-1', 1],
      ['manuals/coffee.pdf#page-2', 2],
      ['manuals/coffee.pdf#page-2-2', 2],
      ['manuals/coffee.pdf#page-3', 3],
      ['manuals/coffee.pdf#page-4', 4],
    ])
  })

  test.each([
    ['Handbuch', 'Handbuch'],
    ['Microsoft Word - manual_final2.docx', undefined],
    ['untitled', undefined],
  ])('has the title that a person gave it: %j', async (named, title) => {
    expect((await readPdf(makePdf([pdfText(['Some text that says a little.'], 700)], named))).title).toBe(title)
  })

  test('as a browser prints it is read', async () => {
    const { title, sections } = await readPdf(new Uint8Array(await readFile(new URL('printed.pdf', import.meta.url))))
    expect(title).toBe('Rental terms')
    expect(sections.map(({ heading, page }) => [heading, page])).toEqual([
      [undefined, 1],
      ['Deposit', 1],
      ['Returning a bicycle', 2],
    ])
    expect(sections[1]?.text).toContain('The deposit is 150 € and is paid back within 5 days.')
    expect(sections[2]?.text).toContain('clean the chain bring both keys')
  })

  test('without text says so', async () => {
    await expect(readPdf(makePdf([[], []]))).rejects.toThrow('it has no text: its pages may be scanned pictures')
  })

  test.each([
    ['nothing', ''],
    ['something else', 'GIF89a, and not a page in it'],
    ['a beginning', '%PDF-1.7\n1 0 obj <<'],
  ])('that is broken says so: %s', async (_, content) => {
    await expect(readPdf(new TextEncoder().encode(content))).rejects.toThrow('it is no PDF, or a broken one')
  })

  test('that is encrypted says so', async () => {
    await expect(readPdf(makePdf([pdfText(['Secret.'], 700)], undefined, true))).rejects.toThrow('it is encrypted')
  })

  test('is read as far as is asked for', async () => {
    const { sections, pageCount } = await readPdf(
      makePdf(Array.from({ length: 600 }, (_, at) => pdfText([`Page ${at + 1} says this.`], 700))),
      2,
    )
    expect(sections.map(({ page }) => page)).toEqual([1, 2])
    expect(pageCount).toBe(600)
  })

  test('is read row by row where that is asked for, and may have no text then', async () => {
    const row = (cells: string[], y: number) => cells.map((text, at) => ({ text, x: 72 + at * 200, y }))
    const pdf = () => makePdf([[...row(['Laptop', '1', '$899.00'], 700), ...row(['Total', '$923.00'], 680)]])
    expect((await readPdf(pdf(), 9)).sections[0]?.text).toBe('Laptop · 1 · $899.00\n\nTotal · $923.00')
    expect((await readPdf(pdf())).sections[0]?.text).not.toContain('·')
    expect(await readPdf(makePdf([[], []]), 9)).toMatchObject({ sections: [], pageCount: 2 })
  })

  test('with too many pages is refused', async () => {
    await expect(readPdf(makePdf(Array.from({ length: 501 }, () => [])))).rejects.toThrow('it has 501 pages, more than 500')
  })
})
