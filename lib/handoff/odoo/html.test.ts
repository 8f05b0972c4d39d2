import { describe, expect, test } from 'vitest'
import { htmlOfText, textOfHtml } from './html.ts'

const base = new URL('https://shop.odoo.com')
const read = (html: string) => textOfHtml(html, base)

describe('what a visitor writes', () => {
  test.each([
    ['a < b & c <b>bold</b>', 'a &lt; b &amp; c &lt;b&gt;bold&lt;/b&gt;'],
    ['line1\nline2\r\nline3', 'line1<br/>line2<br/>line3'],
    ['&lt;', '&amp;lt;'],
  ])('reaches Odoo as it is: %s', (text, html) => {
    expect(htmlOfText(text)).toBe(html)
  })
})

describe('what an operator writes', () => {
  test.each([
    ['<p>Hi <b>Alice</b>, Olivia here</p>', 'Hi **Alice**, Olivia here'],
    ['<p>one<br>two</p><p>three</p>', 'one\ntwo\n\nthree'],
    ['<p>see <a href="https://example.com/a?b=1">our page</a></p>', 'see [our page](https://example.com/a?b=1)'],
    ['<a href="/shop/5">the shop</a>', '[the shop](https://shop.odoo.com/shop/5)'],
    ['<a href="#" data-oe-model="res.partner" data-oe-id="8">@Oscar</a> look', '@Oscar look'],
    ['<ul><li>one</li><li><b>two</b></li></ul>', '- one\n- **two**'],
    ['<ol><li>first</li><li>then</li></ol>', '1. first\n2. then'],
    ['<blockquote>said before</blockquote>now', '> said before\n\nnow'],
    ['<p>5 * 3 = 15, file_name, [x]</p>', '5 \\* 3 = 15, file\\_name, \\[x\\]'],
    ['<p># not a heading</p>', '\\# not a heading'],
    ['<b> bold </b>word', ' **bold** word'.trim()],
    ['<img src="/web/image/5" alt="the plug">', '[the plug](https://shop.odoo.com/web/image/5)'],
    ['<p>edited text<span class="o-mail-Message-edited"></span></p>', 'edited text'],
    ['&lt;script&gt;alert(1)&lt;/script&gt;', '<script>alert(1)</script>'],
  ])('%s', (html, text) => {
    expect(read(html)).toBe(text)
  })

  test.each([
    '<script>alert(1)</script>x',
    '<style>*{display:none}</style>x',
    '<iframe src="https://evil.example"></iframe>x',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,1">x</a>',
    '<svg><a href="https://evil.example">y</a></svg>x',
    '<p onclick="alert(1)">x</p>',
    '\u202e\u200bx',
  ])('leaves nothing that acts: %s', (html) => {
    expect(read(html)).toBe('x')
  })

  test('cannot end the link that it stands in', () => {
    expect(read('<a href="https://example.com/a)b(c">w](https://evil.example)</a>')).toBe(
      '[w\\](https://evil.example)](https://example.com/a%29b%28c)',
    )
  })

  test('is bounded', () => {
    expect(read(`${'<div>'.repeat(20_000)}deep`)).toBe('')
    expect(read('<b>x</b>'.repeat(100_000)).length).toBeLessThan(50_000)
  })
})
