import { describe, expect, test } from 'vitest'
import { readDemoShop } from './demo/demo-shop.ts'
import { createSearch, toSku } from './search.ts'

const products = readDemoShop(0).products.filter(({ isActive }) => isActive)
const search = createSearch()
const found = (query: string) => search(products, query)
const skus = (query: string) => found(query).map(({ sku }) => sku)

const laptopName = /laptop$/
const laptop = expect.stringMatching(laptopName)

describe('a search', () => {
  test.each(['MON-0054', 'mon-0054', 'mon0054', 'MON 0054', 'mon54', 'price of the Mon-0054?'])('for %s finds that product', (query) => {
    expect(skus(query)).toEqual(['MON-0054'])
  })

  test.each([
    ['monitors', 'Monitors'],
    ['Show me your monitors', 'Monitors'],
    ['displays', 'Monitors'],
    ['printers', 'Printers'],
    ['computers', 'Computers'],
    ['accessories', 'Accessories'],
    ['networking', 'Networking'],
  ])('for %j finds the whole category, and it first', (query, category) => {
    const all = products.filter((product) => product.category === category)
    const results = found(query)
    expect(
      results
        .slice(0, all.length)
        .map(({ sku }) => sku)
        .sort(),
    ).toEqual(all.map(({ sku }) => sku).sort())
  })

  test('does not mind the order of the words', () => {
    expect(skus('27 inch 4K monitor').sort()).toEqual(skus('monitor 4K 27-inch').sort())
    for (const { specifications } of found('4k monitor 27"')) expect(specifications).toMatchObject({ size_in: 27, resolution: '3840x2160' })
    expect(found('4k monitor 27"')).not.toEqual([])
  })

  test.each([
    ['laptops with 1 TB', { kind: laptop, storage_gb: 1000 }],
    ['240 Hz monitor', { refresh_hz: 240 }],
    ['OLED monitors', { panel: 'OLED' }],
    ['curved ultrawide monitor', { curved: true }],
    ['ink tank', { technology: 'ink tank' }],
    ['wifi 7 mesh', { kind: 'mesh', wifi: 'Wi-Fi 7' }],
    ['Wi-Fi 7 router', { kind: 'router', wifi: 'Wi-Fi 7' }],
    ['PoE switches', { kind: 'switch', poe: true }],
    ['usb c docking station', { kind: 'docking station' }],
    ['mechanical keyboards', { kind: 'keyboard' }],
    ['external SSDs', { kind: 'SSD' }],
    ['toner for Ballast 30', { kind: 'supply' }],
    ['65 W charger', { kind: 'charger', power_w: 65 }],
    ['gaming laptop', { kind: 'gaming laptop' }],
  ])('for %j finds only what is it', (query, specifications) => {
    const results = found(query)
    expect(results).not.toEqual([])
    for (const product of results) expect(product.specifications).toMatchObject(specifications)
  })

  test('has first what is of the kind, then what is for it', () => {
    const kinds = found('laptop 32GB ram').map(({ specifications }) => specifications.kind)
    expect(kinds[0]).toMatch(laptopName)
    expect(kinds.at(-1)).toBe('memory')
  })

  test('finds what begins like a word', () => expect(found('keyb').every(({ name }) => /keyboard/i.test(name))).toBe(true))

  test.each(['phones', 'refrigerator', '', 'the'])('for %j finds nothing', (query) => expect(found(query)).toEqual([]))
})

test.each([
  ['mon0054', 'MON-0054'],
  [' MON-0054 ', 'MON-0054'],
  ['monitor', 'MONITOR'],
])('the code %j is %s', (text, sku) => expect(toSku(text)).toBe(sku))
