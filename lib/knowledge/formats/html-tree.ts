import { type DefaultTreeAdapterTypes, parse } from 'parse5'

export type Element = DefaultTreeAdapterTypes.Element
export type Node = DefaultTreeAdapterTypes.ChildNode

/** What a page shows around its content, and what it runs, asks or embeds: none of it is said to a reader. */
const apart = new Set(
  'script style noscript template svg math canvas iframe object embed audio video map button select textarea input datalist dialog nav aside footer head'.split(
    ' ',
  ),
)
const rolesApart = new Set('navigation banner contentinfo search complementary dialog alertdialog menu menubar form tablist'.split(' '))
const hiddenClass = /(^|\s)(sr-only|visually-hidden|visuallyhidden|screen-reader-text|d-none|is-hidden)(\s|$)/i
const hiddenStyle =
  /display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|opacity\s*:\s*0(\.0*)?\s*(;|!|$)|font-size\s*:\s*0(\.0*)?[a-z%]*\s*(;|!|$)|content-visibility\s*:\s*hidden|(text-indent|left|top)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*[01](px)?[\s,]+[01]/i

/** Reads HTML as a browser does, however broken it is. */
export function parseHtml(html: string): { root: Element; hidden: (element: Element) => boolean } {
  const document = parse(html)
  const root = document.childNodes.find((node): node is Element => node.nodeName === 'html') as Element
  const concealed = concealedBy(all(root, 'style').map(rawText).join('\n'))
  // Some systems make a form of the whole page.
  const pages = new Set(all(root, 'form').filter((form) => ['main', 'article', 'h1'].some((name) => all(form, name).length > 0)))
  const isForm = (element: Element) => element.tagName === 'form' && !pages.has(element)
  return { root, hidden: (element) => isHidden(element) || isForm(element) || concealed(element) }
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value
}

export function isElement(node: Node): node is Element {
  return 'tagName' in node
}

/** All elements of a name, in the order of the document. Goes without recursion: a page may be as deep as it likes. */
export function all(root: Element, name: string): Element[] {
  const found: Element[] = []
  const stack: Node[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) continue
    if (node.tagName === name) found.push(node)
    for (let at = node.childNodes.length - 1; at >= 0; at--) stack.push(node.childNodes[at] as Node)
  }
  return found
}

/** The text right inside an element. */
export function rawText(element: Element): string {
  return element.childNodes.map((node) => (node.nodeName === '#text' && 'value' in node ? node.value : '')).join('')
}

function isHidden(element: Element): boolean {
  if (apart.has(element.tagName)) return true
  return element.attrs.some(({ name, value }) => {
    if (name === 'hidden') return true
    if (name === 'aria-hidden') return value.trim().toLowerCase() === 'true'
    if (name === 'role') return rolesApart.has(value.trim().toLowerCase())
    if (name === 'class') return hiddenClass.test(value)
    return name === 'style' && hiddenStyle.test(value)
  })
}

/**
 * What the page's own style sheet hides by a plain rule for a class or an id (`.promo { display: none }`). Rules
 * for some screens only, and rules with more than one part, are left alone: what they hide may be shown.
 */
function concealedBy(css: string): (element: Element) => boolean {
  const classes = new Set<string>()
  const ids = new Set<string>()
  // Conditional blocks hold rules in braces of their own.
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '')
  for (const [, selectors = '', body = ''] of plain.matchAll(/([^{};]+)\{([^{}]*)\}/g)) {
    if (!hiddenStyle.test(body)) continue
    for (const selector of selectors.split(',').map((part) => part.trim())) {
      const [, mark, name = ''] = /^(?:\w+)?([.#])([\w-]+)$/.exec(selector) ?? []
      if (mark) (mark === '.' ? classes : ids).add(name)
    }
  }
  return (element) =>
    (classes.size > 0 && (attribute(element, 'class') ?? '').split(/\s+/).some((name) => classes.has(name))) ||
    (ids.size > 0 && ids.has(attribute(element, 'id') ?? ''))
}
