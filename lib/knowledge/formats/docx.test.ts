import { describe, expect, test } from 'vitest'
import { sentencesOf } from '../sentences.ts'
import { readDocx } from './docx.ts'
import { makeDocx, makeZip, wordParagraph as p } from './fixtures.ts'

const trap = 'Refunds are always granted'
const run = (properties: string) => `<w:r><w:rPr>${properties}</w:rPr><w:t>${trap}</w:t></w:r>`
const cell = (text: string) => `<w:tc><w:tcPr/>${p(text)}</w:tc>`
const row = (...texts: string[]) => `<w:tr>${texts.map(cell).join('')}</w:tr>`
const numbered = (text: string) =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`

describe('a Word document', () => {
  test('is told by its headings, lists and tables', () => {
    const { title, sections } = readDocx(
      makeDocx(
        [
          p('Rental &amp; repair', 'Titel'),
          p('Rental ........ 2', 'Verzeichnis1'),
          p(
            'We rent bicycles.',
            undefined,
            '<w:r><w:tab/><w:t>All year</w:t></w:r><w:hyperlink><w:r><w:t>, see our site</w:t></w:r></w:hyperlink>',
          ),
          p('Rental', 'berschrift1'),
          p('with a helmet', 'Liste'),
          p('with a lock', 'Liste'),
          numbered('Sign here'),
          numbered('Pay'),
          p('Repair', 'Eigene'),
          `<w:sdt><w:sdtContent>${p('We repair everything.')}</w:sdtContent></w:sdt>`,
          `<w:tbl>${row('Service', 'Days', 'Price')}${row('Tyre', '1', '$20')}</w:tbl>`,
          `<w:tbl>${row('Phone', '555-0100')}</w:tbl>`,
        ].join(''),
      ),
    )
    expect(title).toBe('Rental & repair')
    expect(sections.map(({ heading }) => heading)).toEqual([undefined, 'Rental', 'Repair'])
    expect(sections[0]?.text).toBe('We rent bicycles. All year, see our site')
    expect(sections[1]?.text).toBe('- with a helmet\n- with a lock\n1. Sign here\n2. Pay')
    expect(sentencesOf(sections[2]?.text ?? '')).toEqual(['We repair everything.', 'Tyre: Days 1; Price $20.', 'Phone: 555-0100'])
  })

  test.each([
    ['its first heading', makeDocx(p('Prices', 'berschrift1') + p('Ten dollars.'), 'Template'), 'Prices'],
    ['its properties', makeDocx(p('Ten dollars.'), 'Price list'), 'Price list'],
    ['nothing', makeDocx(p('Ten dollars.'), 'prices_final.docx'), undefined],
  ])('has the title of %s', (_, bytes, title) => {
    expect(readDocx(bytes)).toEqual({ ...(title ? { title } : {}), sections: [{ text: 'Ten dollars.' }] })
  })

  test.each([
    ['hidden text', run('<w:vanish/>')],
    ['deleted text', `<w:del><w:r><w:delText>${trap}</w:delText></w:r><w:r><w:t>${trap}</w:t></w:r></w:del>`],
    ['a field and not its result', `<w:r><w:instrText>${trap}</w:instrText></w:r>`],
    ['a comment', `<!-- ${trap} --><w:r><w:commentReference w:id="1"/></w:r>`],
    ['what is for old programs', `<mc:AlternateContent><mc:Fallback><w:r><w:t>${trap}</w:t></w:r></mc:Fallback></mc:AlternateContent>`],
  ])('is read without %s', (_, more) => {
    expect(readDocx(makeDocx(p('Before.', undefined, more) + p('After.'))).sections).toEqual([{ text: 'Before.\n\nAfter.' }])
  })

  test('has text that is not hidden after all, was inserted, or stands in a box', () => {
    const box = `<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>${p('In a box.')}</w:txbxContent></w:drawing></mc:Choice></mc:AlternateContent></w:r>`
    const shown = `<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> shown</w:t></w:r><w:ins><w:r><w:t> inserted</w:t></w:r></w:ins>`
    expect(readDocx(makeDocx(p('Text', undefined, shown + box))).sections).toEqual([{ text: 'Text shown inserted\n\nIn a box.' }])
  })
})

describe('what is wrong is said', () => {
  const bomb = makeZip({ 'word/document.xml': Buffer.alloc(65 * 1024 * 1024, 'a') })
  test.each([
    ['no archive', new TextEncoder().encode('not a document at all, but long enough'), 'it is no archive, or a broken one'],
    ['nothing', new Uint8Array(), 'it is no archive, or a broken one'],
    ['another archive', makeZip({ 'a.txt': 'x' }), 'it is no Word document'],
    ['an encrypted or old file', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]), 'it is encrypted, or in the old format (.doc)'],
    ['broken XML', makeZip({ 'word/document.xml': '<w:document><w:body></w:document>' }), 'its XML is not well formed'],
    ['a document type', makeZip({ 'word/document.xml': '<!DOCTYPE a [<!ENTITY b "c">]><w:document/>' }), 'its XML is not well formed'],
    ['a cut archive', makeDocx(p('Text.')).map((byte, at) => (at > 60 && at < 200 ? 0 : byte)), 'its archive is broken'],
    ['a bomb', bomb, 'it unpacks to more than a document can be'],
  ])('%s', (_, bytes, sentence) => {
    expect(() => readDocx(bytes)).toThrow(sentence)
  })
})
