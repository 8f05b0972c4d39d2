import { child, children, parseXml, type XmlElement } from './xml.ts'

export interface ParagraphStyle {
  kind: 'title' | 'heading' | 'contents' | 'text'
  /** 1 for the highest heading. */
  level: number
  list?: { id: string; depth: number; isNumbered: boolean }
  isHidden: boolean
}

export type Styles = ReturnType<typeof readStyles>

/** Styles that rest on one another, at most: a circle ends. */
const LONGEST = 20

/** What a Word document's styles and numberings make of its paragraphs and runs; either part may be missing. */
export function readStyles(stylesXml: string | undefined, numberingXml: string | undefined) {
  const root = stylesXml === undefined ? undefined : child(parseXml(stylesXml), 'w:styles')
  const byId = new Map(children(root, 'w:style').map((style) => [style.attributes.get('w:styleId') ?? '', style]))
  const numbering = numberingXml === undefined ? undefined : child(parseXml(numberingXml), 'w:numbering')
  const abstracts = new Map(children(numbering, 'w:abstractNum').map((one) => [one.attributes.get('w:abstractNumId') ?? '', one]))
  const numbers = new Map(
    children(numbering, 'w:num').map((one) => [
      one.attributes.get('w:numId') ?? '',
      abstracts.get(attributeOf(child(one, 'w:abstractNumId')) ?? ''),
    ]),
  )

  /** A style and those it rests on, nearest first. */
  function chain(id: string | undefined): XmlElement[] {
    const found: XmlElement[] = []
    for (let style = byId.get(id ?? ''); style && found.length < LONGEST; style = byId.get(attributeOf(child(style, 'w:basedOn')) ?? '')) {
      found.push(style)
    }
    return found
  }

  function listOf(properties: Array<XmlElement | undefined>): ParagraphStyle['list'] {
    const id = first(properties, (one) => attributeOf(child(one, 'w:numPr', 'w:numId')))
    if (id === undefined || id === '0') return undefined
    const depth = Number(first(properties, (one) => attributeOf(child(one, 'w:numPr', 'w:ilvl'))) ?? '0') || 0
    const level = children(numbers.get(id), 'w:lvl').find((one) => one.attributes.get('w:ilvl') === String(depth))
    const format = attributeOf(child(level, 'w:numFmt')) ?? 'bullet'
    return { id, depth, isNumbered: format !== 'bullet' && format !== 'none' }
  }

  return {
    ofParagraph(paragraph: XmlElement): ParagraphStyle {
      const own = child(paragraph, 'w:pPr')
      const styles = chain(attributeOf(child(own, 'w:pStyle')))
      const properties = [own, ...styles.map((style) => child(style, 'w:pPr'))]
      // The names of the built-in styles are English in every language of the program; their ids are not.
      const names = styles.map((style) => (attributeOf(child(style, 'w:name')) ?? '').toLowerCase())
      const isHidden = styles.some((style) => isOn(child(style, 'w:rPr', 'w:vanish')))
      if (names.some((name) => /^toc (\d|heading)/.test(name))) return { kind: 'contents', level: 0, isHidden }
      if (names.includes('title')) return { kind: 'title', level: 0, isHidden }
      const named = first(names, (name) => /^heading (\d)$/.exec(name)?.[1])
      const outline = first(properties, (one) => attributeOf(child(one, 'w:outlineLvl')))
      const level = named === undefined ? Number(outline ?? '9') + 1 : Number(named)
      if (level < 10) return { kind: 'heading', level, isHidden }
      const list = listOf(properties)
      return { kind: 'text', level: 0, isHidden, ...(list ? { list } : {}) }
    },
    isHiddenRun(run: XmlElement): boolean {
      const own = child(run, 'w:rPr')
      const set = [own, ...chain(attributeOf(child(own, 'w:rStyle'))).map((style) => child(style, 'w:rPr'))].map((one) =>
        child(one, 'w:vanish'),
      )
      return isOn(set.find((one) => one !== undefined))
    },
  }
}

function first<From, To>(from: From[], of: (one: From) => To | undefined): To | undefined {
  for (const one of from) {
    const found = of(one)
    if (found !== undefined) return found
  }
  return undefined
}

function attributeOf(element: XmlElement | undefined): string | undefined {
  return element?.attributes.get('w:val')
}

/** Whether a switch is there and not turned off. */
function isOn(element: XmlElement | undefined): boolean {
  return element !== undefined && !/^(0|false|off)$/.test(attributeOf(element) ?? '')
}
