import { expect, it } from 'vitest'
import type { Card } from '#lib/protocol/cards.ts'
import { withoutListed } from './listed.ts'

const product = (sku: string, size = '24 in'): Card => {
  const details = [{ label: 'size', value: size }]
  return { kind: 'product', sku, name: 'Monitor', price: '1.00', currency: 'USD', details }
}
const order: Card = { kind: 'order', order_id: 'o1', status: 'submitted', items: [], total: '1.00', currency: 'USD' }

it('leaves out the lines about products and orders that stand on cards', () => {
  const text = 'I found 3.\n\n- A-1: Monitor, $1.00\n- A-2: Monitor, $1.00\n- o1: is submitted\n\nAnd 1 more.'
  expect(withoutListed(text, [product('A-1'), product('A-2'), order])).toBe('I found 3.\n\nAnd 1 more.')
})

it('leaves out the details of a product that stands alone, and keeps those that compare', () => {
  const text = 'This is it.\n- size: 24 in\n- weight: 3 kg'
  expect(withoutListed(text, [product('A-1')])).toBe('This is it.\n- weight: 3 kg')
  const compared = 'A-1 is larger.\n- size: 24 in\n- size: 24 in (A-1), 20 in (A-2)'
  expect(withoutListed(compared, [product('A-1'), product('A-2', '20 in')])).toBe(compared)
})

it('leaves everything else as it stands', () => {
  const text = 'A-1: is the one.\n\n\n\n- A-10: Monitor\n- Mind o1: it is late\n'
  expect(withoutListed(text, [])).toBe(text)
  expect(withoutListed('A-1: is the one.\n- A-10: Monitor', [product('A-1'), order])).toBe('A-1: is the one.\n- A-10: Monitor')
})
