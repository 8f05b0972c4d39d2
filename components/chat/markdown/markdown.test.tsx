import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Markdown, type MarkdownOptions } from './markdown.tsx'
import { StreamingMarkdown } from './streaming-markdown.tsx'

const html = (text: string, options: MarkdownOptions = {}) => renderToStaticMarkup(<Markdown text={text} {...options} />)
const cited: MarkdownOptions = { isCited: (n) => n === 1 || n === 2, mark: (n) => <button type="button">{n}</button> }

describe('what is shown', () => {
  it('keeps paragraphs, lists, emphasis, code, quotes and tables', () => {
    expect(html('a *b* **c** ~~d~~ `e`')).toContain('<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>')
    expect(html('- a\n- b')).toContain('<ul><li>a</li><li>b</li></ul>')
    expect(html('3. a\n4. b')).toContain('<ol start="3">')
    expect(html('> a')).toContain('<blockquote><p>a</p></blockquote>')
    expect(html('| a |\n|--:|\n| b |')).toContain('<td style="text-align:right">b</td>')
    expect(html('```js\nlet a\n```')).toContain('<code>let a</code>')
  })

  it('begins headings where the page says', () => {
    expect(html('# a', { headings: 3 })).toContain('<h3>a</h3>')
    expect(html('###### a')).toContain('<h6>a</h6>')
  })

  it('resolves character references in words and leaves code alone', () => {
    expect(html('a &amp; b &#8364; `&amp;`')).toContain('a &amp; b € <code>&amp;amp;</code>')
  })
})

describe('links', () => {
  it('lead to http and https alone, without telling where they came from, and show their host', () => {
    const link = html('[our site](https://evil.example/a?b=1&amp;c=2)')
    expect(link).toContain('href="https://evil.example/a?b=1&amp;c=2"')
    expect(link).toContain('rel="noopener noreferrer nofollow"')
    expect(link).toContain('(evil.example)')
  })

  it('do not repeat a host that is there to be read', () => {
    expect(html('https://shop.example/a')).not.toContain('(shop.example)')
    expect(html('[www.shop.example](https://shop.example)')).not.toContain('(shop.example)')
    expect(html('[shop.example](https://evil.example)')).toContain('(evil.example)')
  })

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java&#115;cript:alert(1))',
    '[x](javascript&colon;alert(1))',
    '[x](<java\tscript:alert(1)>)',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '[x](//evil.example)',
    '[x](/relative)',
    '[x](https://user:secret@evil.example)',
    '<javascript:alert(1)>',
    'mail me: a@b.example',
  ])('are words where they lead elsewhere: %s', (text) => {
    expect(html(text)).not.toMatch(/<a\b|href/)
  })
})

describe('hostile input', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick="alert(1)">b</b>',
    '<a href="javascript:alert(1)">x</a>',
    '<!-- x --><iframe src="https://evil.example"></iframe>',
    '<svg><script>alert(1)</script></svg>',
    '- <style>*{display:none}</style>',
    '| <script>x</script> |\n|---|\n| <img src=x> |',
    '[<img src=x>](https://a.example)',
  ])('HTML stays the text it was written as: %s', (text) => {
    const shown = html(text)
    expect(shown).not.toMatch(/<(script|img|iframe|svg|style|b)\b/i)
    expect(shown).not.toMatch(/<[^>]*\son\w+=/i)
  })

  it('images become their words: nobody is told who reads', () => {
    expect(html('![a cat](https://evil.example/pixel.gif)')).toBe('<div class="prose"><p>a cat</p></div>')
    expect(html('[![a](https://evil.example/a.png)](https://evil.example)')).not.toContain('<img')
  })

  it('definitions of links do not turn the marks of citations into links', () => {
    const shown = html('See [1].\n\n[1]: https://evil.example', cited)
    expect(shown).toContain('See<span class="cited">\u00a0<button type="button">1</button></span>')
    expect(shown).not.toContain('<a href="https://evil.example/">1</a>')
  })

  it('nesting beyond reason is shown flat', () => {
    expect(html(`${'> '.repeat(300)}deep`).match(/<blockquote>/g)?.length).toBeLessThan(30)
    expect(html(`${'>'.repeat(20_000)}deep`)).toContain('deep')
    expect(html(`${'*a '.repeat(3000)}`)).toContain('a')
    expect(html('['.repeat(10_000))).toContain('[')
  })
})

describe('marks of citations', () => {
  it('become buttons in words, lists and tables', () => {
    const button = '\u00a0<button type="button">1</button></span>'
    expect(html('So it is [1].', cited)).toContain(`So it is<span class="cited">${button}.`)
    expect(html('- So [1]\n- **so [1]**', cited).split(button)).toHaveLength(3)
    expect(html('| a |\n|---|\n| so [1] |', cited)).toContain(button)
  })

  it('become buttons in each step of a list, and several in a row', () => {
    const mark = (n: number, before = '\u00a0') => `<span class="cited">${before}<button type="button">${n}</button></span>`
    const steps = `<ol start="1"><li>Do this.${mark(1)}</li><li>Do that.${mark(1)}${mark(2, '\u2060')}</li></ol>`
    expect(html('1. Do this. [1]\n2. Do that. [1][2]', cited)).toContain(steps)
    expect(html('Like so:\n1. Do this. [1]\n2. Do that. [1][2]\n\nThen wait. [2]', cited)).toContain(
      `<p>Like so:</p>${steps}<p>Then wait.${mark(2)}</p>`,
    )
    expect(html('- a [1] [2]\n- b', cited)).toContain(`<ul><li>a${mark(1)}${mark(2)}</li><li>b</li></ul>`)
  })

  it('stay text in code, in links, and for numbers that nothing is cited for', () => {
    expect(html('`a[1]` and\n\n```\nb[1]\n```', cited)).not.toContain('<button type="button">1')
    expect(html('[see [1]](https://a.example)', cited)).not.toContain('<button')
    expect(html('a [3] b', cited)).toContain('a [3] b')
    expect(html('a [1] b')).toContain('a [1] b')
  })
})

describe('an answer that is being written', () => {
  const answer = 'Like so:\n\n1. Do this. [1]\n2. Do that. [1][2]\n\n- a [2]\n- b\n\nThen wait. [1]'
  const written = (text: string, complete: boolean) =>
    renderToStaticMarkup(<StreamingMarkdown text={text} complete={complete} options={cited} />)

  it('has its paragraphs and lists from their first words on', () => {
    const until = (words: string) => written(answer.slice(0, answer.indexOf(words) + words.length), false)
    expect(until('1. Do')).toContain('<p>Like so:</p><ol start="1"><li>Do</li></ol>')
    expect(until('2. Do that. [1]')).toMatch(/<li>Do that\.<span class="cited">\u00a0<button type="button">1<\/button><\/span><\/li><\/ol>/)
    expect(until('- a')).toContain('</ol><ul><li>a</li></ul>')
    expect(until('Then')).toContain('</ul><p>Then</p>')
    expect(written(answer, false)).toBe(written(answer, true))
  })
})
