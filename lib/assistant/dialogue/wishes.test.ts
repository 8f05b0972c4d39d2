import { describe, expect, test } from 'vitest'
import { shopPhrasesIn } from './phrases/phrases.ts'
import { createWishReader } from './wishes.ts'

/** What is read from messages, without articles that could take them. */

const { readWish } = createWishReader([])

describe.each(['en', 'vi', 'de', 'fr', 'es'])('in %s, the replies that are offered', (language) => {
  const { reply } = shopPhrasesIn(language)
  test.each([
    ['browse', reply.show('Monitors')],
    ['browse', reply.show('Computers')],
    ['browse', reply.more],
    ['order', reply.order('MON-0054')],
    ['order', reply.order('MON-0054', 7)],
    ['compare', reply.compare],
    ['orders', reply.orders],
    ['status', reply.track],
    ['cancel', reply.cancel('33736dcc-a7f0-499e-80b5-244a4767e1fa')],
  ])('are read as %s: “%s”', (name, text) => {
    expect(readWish(text)?.name).toBe(name)
  })

  test('keep the number of things', () => {
    expect(readWish(reply.order('MON-0054', 7))?.skus).toMatchObject([{ meant: 'MON-0054', quantity: 7 }])
  })
})

describe('numbers of things', () => {
  test.each([
    ['2 of MON-0054 and one ACC-0010', [2, 1]],
    ['MON-0054 x 3', [3]],
    ['MON-0054 (2)', [2]],
    ['three MON-0054', [3]],
    ['order MON-0054', [1]],
    ['order -1 MON-0054', [undefined]],
    ['order 0 MON-0054', [undefined]],
    ['order 1e9 MON-0054', [1e9]],
    ['order 2.5 of MON-0054', [undefined]],
  ])('“%s”', (text, quantities) => {
    expect(readWish(text)?.skus.map(({ quantity }) => quantity)).toEqual(quantities)
  })
})

describe('what narrows products down', () => {
  test.each([
    ['monitors under $300', { to: 300 }],
    ['monitors under $1,200', { to: 1200 }],
    ['monitors below 300 in stock', { to: 300, inStock: true }],
    ['laptops over $500', { from: 500 }],
    ['laptops between $500 and $900', { from: 500, to: 900 }],
    ['a 27-inch monitor', { measures: [{ amount: '27', unit: 'in' }] }],
    ['laptops with 16 GB under 800', { to: 800, measures: [{ amount: '16', unit: 'gb' }] }],
    ['the cheapest printers', { sort: 'cheapest' }],
    ['monitors out of stock', { measures: [] }],
  ])('“%s”', (text, filter) => {
    expect(readWish(`show me ${text}`)?.filter).toMatchObject(filter)
  })
})

test.each(['hello there', 'how are you', 'I am going for 300 miles', 'the 27 of them'])('“%s” names no product', (text) => {
  expect(readWish(text)?.skus ?? []).toEqual([])
})
