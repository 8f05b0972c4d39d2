import { expect, test } from 'vitest'
import { readArticles } from '#lib/knowledge/article.ts'
import { createGrounding } from './grounding.ts'
import { phrasesIn } from './phrases.ts'
import { createRelease } from './release.ts'

const text = `# Visits

## Booking
Book a visit online.

1. Choose a day.
2. Confirm the visit.

## Prices
A visit costs $20. Children pay nothing.
`

/** What comes out when a model says something, in pieces of three characters. */
function release(said: string, article = text) {
  const grounds = readArticles('visits.md', article).flatMap((article) => article.passages.map((passage) => ({ article, passage })))
  const { push, end, counts } = createRelease(createGrounding(grounds, 'en', 'The Museum'), phrasesIn('en').voices)
  const pieces = [...(said.match(/[\s\S]{1,3}/g) ?? []).flatMap(push), ...end(true)]
  return { text: pieces.map((piece) => piece.text).join(''), citations: pieces.flatMap(({ citations }) => citations), ...counts() }
}

test('lists and paragraphs keep their shape, each source is marked where its use ends', () => {
  const said = 'Book a visit online.\n1. Choose a day.\n2. Confirm the visit.\n\nA visit costs $20. Children pay nothing.'
  expect(release(said).text).toBe(
    'Book a visit online.\n1. Choose a day.\n2. Confirm the visit. [1]\n\nA visit costs $20. Children pay nothing. [2]',
  )
})

test('a list whose items rest on different sources has a mark at each', () => {
  expect(release('- Book a visit online.\n- A visit costs $20.\n').text).toBe('- Book a visit online. [1]\n- A visit costs $20. [2]')
})

test('what states nothing comes with the first sentence that does, and not without one', () => {
  expect(release('Sure! Here is how it works:\n\nBook a visit online. I hope this helps!').text).toBe(
    'Sure! Here is how it works:\n\nBook a visit online. [1]',
  )
  expect(release('Sure! Here is how it works:')).toMatchObject({ text: '', released: 0, dropped: 0 })
})

test('what is dropped leaves no gap and is counted', () => {
  expect(release('A visit costs $20. A visit costs $90. Children pay nothing.')).toMatchObject({
    text: 'A visit costs $20. Children pay nothing. [1]',
    released: 2,
    dropped: 1,
  })
})

test('an item whose first sentence is dropped is still an item', () => {
  expect(release('- A visit costs $20.\n- It is cheap. Children pay nothing.').text).toBe(
    '- A visit costs $20.\n- Children pay nothing. [1]',
  )
})

test('marks that a model writes itself are no sources', () => {
  expect(release('A visit costs $20 [7]. Children pay nothing.').text).toBe('A visit costs $20. Children pay nothing. [1]')
})

test('what leads to a list is said with the first item that it fits, or not at all', () => {
  expect(release('A visit costs:\n- $90\n- $20\n\nChildren pay nothing.')).toMatchObject({
    text: 'A visit costs:\n- $20\n\nChildren pay nothing. [1]',
    dropped: 1,
  })
  expect(release('A visit is free for:\n- everybody\n\nChildren pay nothing.')).toMatchObject({
    text: 'Children pay nothing. [1]',
    dropped: 2,
  })
  expect(release('A visit is free for:\n- Children pay nothing.')).toMatchObject({ text: '- Children pay nothing. [1]', dropped: 1 })
})

test('a heading that names the topic comes with what is said below it', () => {
  expect(release('## Prices\nA visit costs $20.').text).toBe('## Prices\nA visit costs $20. [1]')
})

const returns = `# Returns

## Conditions
You can return most products within 30 days of delivery or store pickup. Opened software cannot be returned.
`
const loose = 'No worries, most products can be sent back to us in the 30 days of delivery, store pickup or not.'

test('what is not supported is told at the end as the articles say it, once, and not when it was said already', () => {
  const own = 'You can return most products within 30 days of delivery or store pickup.'
  expect(release(`${loose} Opened software cannot be returned. ${loose}`, returns)).toMatchObject({
    text: `Opened software cannot be returned.\n\n${own} [1]`,
    released: 2,
    dropped: 2,
    restated: 1,
  })
  expect(release(`${own} ${loose}`, returns).text).toBe(`${own} [1]`)
  expect(release(loose, returns).text).toBe(`${own} [1]`)
})

test('what stands in a list is not told anew, nor what breaks off', () => {
  const grounds = readArticles('returns.md', returns).flatMap((article) => article.passages.map((passage) => ({ article, passage })))
  const { push, end } = createRelease(createGrounding(grounds, 'en', 'The Museum'), phrasesIn('en').voices)
  expect([...push(`${loose} `), ...end(false)]).toEqual([])
  expect(release(`- ${loose}\n`, returns).text).toBe('')
})
