/** A piece of text as the PDF library gives it. */
export interface TextItem {
  str: string
  /** [a, b, c, d, x, y]: how the text is turned, scaled and moved. */
  transform: number[]
  width: number
  fontName: string
  hasEOL: boolean
}

/** One line of a page. */
export interface Line {
  text: string
  /** The height of its largest letters, in points. */
  size: number
  /** The font of most of its letters. */
  font: string
  left: number
  right: number
  /** Its distance from the top of the page, in points. */
  top: number
  /** It is made of cells that stand side by side, so it is not one sentence with the lines around it. */
  isRow?: boolean
}

/** A gap wider than this share of the size stands for a space. */
const SPACE = 0.2
/** A gap wider than this many sizes is one between columns or cells. */
const COLUMN = 1.5

/** The lines of a page in the order in which the file has them, which is that of reading; `view` turns the page upright. */
export function linesOf(items: TextItem[], view: number[]): Line[] {
  const lines: Line[] = []
  let line: (Line & { fonts: Map<string, number> }) | undefined

  function end(): void {
    if (line && line.text.trim() !== '') {
      const [font = ''] = [...line.fonts].sort((a, b) => b[1] - a[1])[0] ?? []
      const { text, size, left, right, top } = line
      lines.push({ text: text.trim(), size, font, left, right, top })
    }
    line = undefined
  }

  for (const { str, transform, width, fontName, hasEOL } of items) {
    const [left, top, size] = placeOf(transform, view)
    if (str.trim() !== '' && size > 0) {
      const gap = line ? left - line.right : 0
      const sameLine = line && Math.abs(line.top - top) < Math.max(line.size, size) * 0.5 && gap > -size && gap < size * COLUMN
      if (!sameLine) end()
      line ??= { text: '', size: 0, font: '', left, right: left, top, fonts: new Map() }
      if (sameLine && gap > size * SPACE && !/\s$/.test(line.text) && !/^\s/.test(str)) line.text += ' '
      line.text += str
      line.size = Math.max(line.size, Math.round(size * 2) / 2)
      line.right = left + width
      line.fonts.set(fontName, (line.fonts.get(fontName) ?? 0) + str.trim().length)
    } else if (line && str !== '' && !/\s$/.test(line.text)) line.text += ' '
    if (hasEOL) end()
  }
  end()
  return lines
}

/** Lines that stand side by side as one, such as the cells of a row in an invoice. What is set in columns is not: its lines do not follow each other. */
export function rowsOf(lines: Line[]): Line[] {
  const rows: Line[] = []
  for (const line of lines) {
    const last = rows.at(-1)
    const isBeside = last && Math.abs(last.top - line.top) < Math.max(last.size, line.size) * 0.5 && line.left > last.right
    if (isBeside)
      Object.assign(last, { text: `${last.text} · ${line.text}`, right: line.right, size: Math.max(last.size, line.size), isRow: true })
    else rows.push({ ...line })
  }
  return rows
}

/** Left, top and size of a text on the upright page. */
function placeOf([a = 0, b = 0, c = 0, d = 0, x = 0, y = 0]: number[], [va = 1, vb = 0, vc = 0, vd = 1, vx = 0, vy = 0]: number[]) {
  const size = Math.hypot(c, d) || Math.hypot(a, b)
  return [va * x + vc * y + vx, vb * x + vd * y + vy, size] as const
}
