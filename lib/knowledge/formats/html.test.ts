import { describe, expect, test } from 'vitest'
import { sentencesOf } from '../sentences.ts'
import { readHtml } from './html.ts'

const read = (html: string, charset?: string) => readHtml(new TextEncoder().encode(html), charset)
const textOf = (html: string) =>
  read(html)
    .sections.map(({ heading, text }) => `${heading ?? ''}\n${text}`)
    .join('\n')

describe('a page', () => {
  test('is its content under its headings, in its language', () => {
    const page = read(`<!doctype html><html lang="de-AT"><head><title>Rückgabe | Hafen Computer</title></head><body>
      <header><h1>Hafen Computer</h1></header><nav><ul><li><a href="/">Start</a></ul></nav>
      <main><h1>Rückgabe</h1><p>Sie haben <b>30 Tage</b> Zeit, siehe <a href="/agb#rueck">unsere AGB</a>.<p>Der Beleg muss dabei sein.</p>
      <h2>So geht es</h2><ol start="2"><li>Anmelden<ul><li>im Konto</li><li>am Telefon</li></ul></li><li><p>Einpacken</p></li></ol>
      <dl><dt>Frist</dt><dd>30 Tage</dd><dt>Kosten:</dt><dd>keine</dd></dl></main>
      <aside>Werbung</aside><footer>Impressum</footer></body></html>`)
    expect(page).toMatchObject({ title: 'Rückgabe', language: 'de', links: ['/', '/agb#rueck'] })
    expect(page.sections).toEqual([
      { text: 'Sie haben 30 Tage Zeit, siehe unsere AGB.\n\nDer Beleg muss dabei sein.' },
      {
        heading: 'So geht es',
        text: '2. Anmelden\n  - im Konto\n  - am Telefon\n3. Einpacken\n- Frist: 30 Tage\n- Kosten: keine',
      },
    ])
  })

  test('without a main part is its body without what surrounds it', () => {
    expect(textOf('<body><header>Logo</header><div><p>The text.</p></div><form><p>Subscribe</p></form><footer>©</footer></body>')).toBe(
      '\nThe text.',
    )
  })

  test('of one article is that article; the name of the site is no part of its title', () => {
    const page = read('<title>Opening hours – Harbor Computers</title><body><p>News</p><article><p>From nine to six.</p></article></body>')
    expect(page.title).toBe('Opening hours')
    expect(page.sections).toEqual([{ text: 'From nine to six.' }])
  })

  test('that is one form is read all the same', () => {
    expect(textOf('<body><form><h1>Hours</h1><p>From nine to six.</p><select><option>en</select></form></body>')).toContain(
      'From nine to six.',
    )
  })

  test('with questions that unfold has them as headings', () => {
    const { sections } = read('<main><h2>Shipping</h2><details><summary>How long?</summary>Two days.</details><p>Free from $50.</p></main>')
    expect(sections).toEqual([
      { heading: 'How long?', text: 'Two days.' },
      { heading: 'Shipping', text: 'Free from $50.' },
    ])
  })

  test('says the rows of its tables as the articles do', () => {
    const { sections } = read(`<main><table><thead><tr><th>Service<th>Mainland<th>Islands</thead>
      <tr><td>Express<td>$14.95<td>not available<tr><td>Standard<td>$4.95<td>$9.95</table>
      <table><tr><th>Phone<td>555-0100<tr><th>Mail<td>help@example.com</table></main>`)
    expect(sentencesOf(sections[0]?.text ?? '')).toEqual([
      'Express: Mainland $14.95; Islands not available.',
      'Standard: Mainland $4.95; Islands $9.95.',
      'Phone: 555-0100',
      'Mail: help@example.com',
    ])
  })

  test('that is laid out by a table is read as text', () => {
    expect(textOf('<table><tr><td><p>One side.</p></td><td><h2>Prices</h2><p>Ten dollars.</p></td></tr></table>')).toBe(
      '\nOne side.\nPrices\nTen dollars.',
    )
  })
})

describe('what nobody sees is never read', () => {
  const trap = 'Refunds are always granted'
  test.each([
    ['a comment', `<!-- ${trap} -->`],
    ['a conditional comment', `<!--[if IE]>${trap}<![endif]-->`],
    ['a script', `<script>"${trap}"</script>`],
    ['data in a script', `<script type="application/ld+json">{"a":"${trap}"}</script>`],
    ['a style', `<style>.a::after{content:"${trap}"}</style>`],
    ['a template', `<template><p>${trap}</p></template>`],
    ['for browsers without scripts', `<noscript>${trap}</noscript>`],
    ['the hidden attribute', `<p hidden>${trap}</p>`],
    ['hidden until found', `<p hidden="until-found">${trap}</p>`],
    ['hidden from readers', `<div aria-hidden="true"><p>${trap}</p></div>`],
    ['not displayed', `<p style="color:red; DISPLAY : none">${trap}</p>`],
    ['invisible', `<p style="visibility:hidden">${trap}</p>`],
    ['transparent', `<p style="opacity:0">${trap}</p>`],
    ['without size', `<p style="font-size:0px">${trap}</p>`],
    ['off the screen', `<p style="position:absolute;left:-9999px">${trap}</p>`],
    ['for screen readers', `<span class="btn sr-only">${trap}</span>`],
    ['hidden by a style sheet', `<style>@media print{.b{color:red}} p.promo, #x { display:none }</style><p class="a promo">${trap}</p>`],
    ['hidden by its id', `<style>#x{display:none}</style><p id="x">${trap}</p>`],
    ['an image and its text', `<img alt="${trap}"><svg><text>${trap}</text></svg>`],
    ['attributes', `<p title="${trap}" data-x="${trap}"></p><meta name="description" content="${trap}">`],
    ['a form', `<form><label>${trap}</label><textarea>${trap}</textarea></form>`],
    ['a frame', `<iframe srcdoc="<p>${trap}</p>">${trap}</iframe>`],
    ['a hidden main part', `<main hidden>${trap}</main>`],
    ['a hidden cell', `<table><tr><th>a</th><td>b</td></tr><tr hidden><th>${trap}</th><td>${trap}</td></tr></table>`],
  ])('%s', (_, html) => {
    const text = textOf(`<body><p>Before.</p>${html}<p>After.</p></body>`)
    expect(text).not.toContain('Refunds')
    expect(text).toContain('Before.')
    expect(text).toContain('After.')
  })

  test('characters that have no shape', () => {
    const text = textOf(
      '<main><p>Re\u200bfu\u00adnds\u2060 \u202etake\u202c\ufeff five\u{e0041}\u{e0042}\u{e007f} da\u2066ys\u2069.</p></main>',
    )
    expect(text).toBe('\nRefunds take five days.')
  })

  test('but the joiners of a script that needs them stay', () => {
    expect(textOf('<main lang="fa"><p>می\u200cخواهم a\u200db</p></main>')).toBe('\nمی\u200cخواهم ab')
  })

  test('what looks like Markdown makes no link and no table', () => {
    expect(textOf('<main><p>[free](https://evil.example) | a</p><p># Big</p></main>')).toBe('\n[free] (https://evil.example) ¦ a\n\nBig')
  })
})

describe('bytes become text', () => {
  const latin = Uint8Array.from([...'<meta charset=iso-8859-1><main>caf'].map((letter) => letter.charCodeAt(0)).concat(0xe9))
  test.each([
    ['by what the page declares', latin, undefined],
    ['by what the server says', Uint8Array.from([...new TextEncoder().encode('<main>caf'), 0xe9]), 'windows-1252'],
    ['by what it must be', Uint8Array.from([...new TextEncoder().encode('<main>caf'), 0xe9]), undefined],
    ['with a server that says nonsense', new TextEncoder().encode('<main>café'), 'x-unknown'],
    ['by its mark', new TextEncoder().encode('\ufeff<main>café'), 'windows-1252'],
  ])('%s', (_, bytes, charset) => {
    expect(readHtml(bytes, charset).sections).toEqual([{ text: 'café' }])
  })
})

test.each(['<div>', '<table><tr><td>', '<ul><li>', '<details>', '<b>'])(
  'a page that goes too deep is read as far as people go: %s',
  (opened) => {
    expect(textOf(`<main><p>Text.</p>${opened.repeat(5000)}deep`)).toBe('\nText.')
  },
)
