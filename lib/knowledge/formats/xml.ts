export interface XmlElement {
  name: string
  attributes: Map<string, string>
  children: Array<XmlElement | string>
}

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s<>/=]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/y
const attributes = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/**
 * Reads the XML that programs write into documents: elements, attributes, texts, the five named entities and numbers. It
 * knows no document type, so there are no entities to expand. Throws when the text is not well formed.
 */
export function parseXml(source: string): XmlElement {
  const top: XmlElement = { name: '', attributes: new Map(), children: [] }
  const open = [top]
  const text = source.replace(/^\ufeff/, '')
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const found = token.exec(text)
    if (!found) throw new Error('its XML is not well formed')
    const [, cdata, closing, name, rest = '', empty, words] = found
    const parent = open.at(-1) as XmlElement
    if (words !== undefined) parent.children.push(decode(words))
    else if (cdata !== undefined) parent.children.push(cdata)
    else if (name !== undefined && closing === '/') {
      if (open.pop()?.name !== name || open.length === 0) throw new Error('its XML is not well formed')
    } else if (name !== undefined) {
      const element: XmlElement = { name, attributes: new Map(), children: [] }
      for (const [, key = '', double, single] of rest.matchAll(attributes)) element.attributes.set(key, decode(double ?? single ?? ''))
      parent.children.push(element)
      if (empty !== '/') open.push(element)
    }
  }
  if (open.length > 1) throw new Error('its XML is not well formed')
  return top
}

export function isXmlElement(node: XmlElement | string | undefined): node is XmlElement {
  return typeof node === 'object'
}

/** The first child of a name, or along a path of names. */
export function child(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(
    (at, name) => at?.children.find((node): node is XmlElement => isXmlElement(node) && node.name === name),
    element,
  )
}

export function children(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((node): node is XmlElement => isXmlElement(node) && node.name === name) ?? []
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decode(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name) return named[name.toLowerCase()] ?? whole
    const code = hex ? Number.parseInt(hex, 16) : Number.parseInt(decimal, 10)
    return code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
