import { deflateRawSync, deflateSync } from 'node:zlib'

/** A line of a page: its place from the bottom left, in points. */
export interface PdfLine {
  text: string
  x?: number
  y: number
  size?: number
  bold?: boolean
}

/** A real PDF with these lines on its pages, in Helvetica. Text is Latin-1. An encrypted one opens with no password. */
export function makePdf(pages: PdfLine[][], title?: string, isEncrypted = false): Uint8Array {
  const objects: string[] = []
  const add = (body: string) => objects.push(body)
  const kids = pages.map((_, at) => `${5 + at * 2} 0 R`).join(' ')
  add('<< /Type /Catalog /Pages 2 0 R >>')
  add(`<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`)
  for (const name of ['Helvetica', 'Helvetica-Bold']) {
    add(`<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`)
  }
  for (const [at, lines] of pages.entries()) {
    const content = lines.map(({ text, x = 72, y, size = 11, bold }) => {
      return `BT /F${bold ? 2 : 1} ${size} Tf 1 0 0 1 ${x} ${y} Tm (${text.replace(/[\\()]/g, '\\$&')}) Tj ET`
    })
    const stream = content.join('\n')
    const fonts = '<< /Font << /F1 3 0 R /F2 4 0 R >> >>'
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources ${fonts} /Contents ${6 + at * 2} 0 R >>`)
    add(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`)
  }
  add(title === undefined ? '<< >>' : `<< /Title (${title}) >>`)
  let file = '%PDF-1.4\n'
  const offsets = objects.map((body, at) => {
    const offset = file.length
    file += `${at + 1} 0 obj\n${body}\nendobj\n`
    return offset
  })
  const start = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`
  const standard = `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'0f'.repeat(32)}> /U <${'a5'.repeat(32)}> >>`
  const encryption = isEncrypted ? `/Encrypt ${standard} /ID [<01> <01>] ` : ''
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R ${encryption}>>\nstartxref\n${start}\n%%EOF\n`
  return Uint8Array.from(Buffer.from(file, 'latin1'))
}

/** A small PDF whose one page unpacks to so many bytes of nothing. */
export function makeBomb(size: number): Uint8Array {
  const packed = deflateSync(deflateSync(Buffer.alloc(size, 32), { level: 1 }))
  const file = Buffer.from(makePdf([[]])).toString('latin1')
  const stream = `<< /Length ${packed.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n${packed.toString('latin1')}\nendstream`
  // The places of the objects are wrong now: readers look for them then.
  return Uint8Array.from(
    Buffer.from(
      file.replace('<< /Length 0 >>\nstream\n\nendstream', () => stream),
      'latin1',
    ),
  )
}

/** Lines of running text from a height downwards, as a program sets them. */
export function pdfText(lines: string[], from: number): PdfLine[] {
  return lines.map((text, at) => ({ text, y: from - at * 14 }))
}

/** A ZIP archive of these files, packed. */
export function makeZip(files: Record<string, string | Uint8Array>): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const data = Buffer.from(content)
    const packed = deflateRawSync(data)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(data.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed])
    const end = Buffer.alloc(14)
    end.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, end, Buffer.from(name)]))
    parts.push(local)
    offset += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Uint8Array.from(Buffer.concat([...parts, listed, end]))
}

const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const style = (id: string, name: string, more = '') =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${more}</w:style>`

/** A Word document with this body. It has the styles of a German Word: ids are in the language of the program, names are not. */
export function makeDocx(body: string, title?: string): Uint8Array {
  const numbering = (id: string, format: string) =>
    `<w:abstractNum w:abstractNumId="${id}"><w:lvl w:ilvl="0"><w:numFmt w:val="${format}"/></w:lvl></w:abstractNum>`
  const styles = [
    style('Titel', 'Title'),
    style('berschrift1', 'heading 1'),
    style('Eigene', 'Our heading', '<w:basedOn w:val="berschrift1"/>'),
    style('Verzeichnis1', 'toc 1'),
    style('Liste', 'List Bullet', '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
  ]
  return makeZip({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'word/document.xml': `<?xml version="1.0"?><w:document ${word} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>${body}</w:body></w:document>`,
    'word/styles.xml': `<w:styles ${word}>${styles.join('')}</w:styles>`,
    'word/numbering.xml': `<w:numbering ${word}>${numbering('7', 'bullet')}${numbering('8', 'decimal')}<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>`,
    ...(title === undefined
      ? {}
      : {
          'docProps/core.xml': `<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title></cp:coreProperties>`,
        }),
  })
}

/** A paragraph of a Word document; `more` are runs besides the text. */
export function wordParagraph(text: string, styleId?: string, more = ''): string {
  const properties = styleId === undefined ? '' : `<w:pPr><w:pStyle w:val="${styleId}"/></w:pPr>`
  return `<w:p>${properties}<w:r><w:t xml:space="preserve">${text}</w:t></w:r>${more}</w:p>`
}
