import { type DefaultTreeAdapterMap, parseFragment } from 'parse5'

type Node = DefaultTreeAdapterMap['childNode']
type Element = DefaultTreeAdapterMap['element']

/** Between what a visitor writes and Odoo's HTML, and between an operator's HTML and what a visitor may read. Neither trusts the other. */

/** A visitor's text as Odoo takes it: it keeps tags and loses line breaks, so nothing is left to it. */
export function htmlOfText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/\r\n?|\n/g, '<br/>')
}

/** Elements of an operator's message, at most. What is longer is cut. */
const MAX_NODES = 5000
const MAX_DEPTH = 60

/**
 * An operator's HTML as text with the few marks that our pages know. Whatever is not on the list is its text; addresses are links only
 * when they lead to the web; `base` is where addresses without a host lead.
 */
export function textOfHtml(html: string, base: URL): string {
  let nodes = 0

  function inside(children: Node[], depth: number): string {
    return children.map((child) => textOf(child, depth)).join('')
  }

  function textOf(node: Node, depth: number): string {
    nodes += 1
    if (nodes > MAX_NODES || depth > MAX_DEPTH) return ''
    if (node.nodeName === '#text') return plain((node as DefaultTreeAdapterMap['textNode']).value)
    if (!('tagName' in node)) return ''
    return elementText(node, depth + 1)
  }

  function elementText(element: Element, depth: number): string {
    const { tagName } = element
    if (unseen.has(tagName)) return ''
    if (tagName === 'br') return '\n'
    const text = () => inside(element.childNodes, depth)
    const mark = marks[tagName]
    if (mark !== undefined) return marked(mark, text())
    if (tagName === 'a') return link(element, text())
    if (tagName === 'img') return link(element, plain(attribute(element, 'alt') ?? 'picture'), 'src')
    if (tagName === 'ul' || tagName === 'ol') return `\n\n${items(element, depth, tagName === 'ol')}\n\n`
    if (tagName === 'blockquote') return `\n\n${quoted(text())}\n\n`
    return blocks.has(tagName) ? `\n\n${text().trim()}\n\n` : text()
  }

  function items(list: Element, depth: number, isNumbered: boolean): string {
    const entries = list.childNodes.filter((node): node is Element => 'tagName' in node && node.tagName === 'li')
    return entries
      .map((item, at) => `${isNumbered ? `${at + 1}.` : '-'} ${inside(item.childNodes, depth).trim().replaceAll(/\n+/g, '\n  ')}`)
      .join('\n')
  }

  /** A link to the web; of one that leads nowhere (a mention) only its words are left. */
  function link(element: Element, words: string, name = 'href'): string {
    const given = attribute(element, name)
    const address = given === undefined || given.startsWith('#') ? null : URL.parse(given, base)
    if (!address || !/^https?:$/.test(address.protocol)) return words
    const target = address.href.replaceAll('(', '%28').replaceAll(')', '%29')
    return words.trim() === '' ? target : `[${words.trim()}](${target})`
  }

  return inside(parseFragment(html).childNodes, 0)
    .replaceAll(/[^\S\n]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

const unseen = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
  'title',
  'head',
  'select',
  'textarea',
])
const blocks = new Set(['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'section', 'article', 'table', 'tr', 'header', 'footer'])
const marks: Record<string, string> = { b: '**', strong: '**', i: '*', em: '*', s: '~~', del: '~~', code: '`' }

/** A mark stands at the words themselves: a space between would undo it. */
function marked(mark: string, text: string): string {
  const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
  return words === '' ? text : `${before}${mark}${words}${mark}${after}`
}

function quoted(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')
}

/** Words as they were written: signs that mean something in our own marks lose it, and so do signs that cannot be seen. */
function plain(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === '\n' || sign === '\t' ? ' ' : ''))
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]~|]/g, '\\$&')
    .replaceAll(/^(\s*)([#>+-]|\d+[.)])(\s)/g, '$1\\$2$3')
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value
}
