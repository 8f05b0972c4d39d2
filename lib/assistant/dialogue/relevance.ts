import { fold } from '#lib/knowledge/words.ts'
import { type Memory, needsCustomer, saysWhat } from './memory.ts'
import { maskedOf } from './slots.ts'
import type { Wish } from './wishes.ts'

/** Whether a wish is one that the shop can do something with here and now, and whether an article may answer it as well. */

const everything =
  /\b(?:products?|catalogu?e?|everything|all|sell|range|in stock|available|san pham|danh muc|produkte?|sortiment|produits?|productos?|catalogo)\b/
const goesOn = /\b(?:more|rest|next|others?|cheaper|mehr|weitere|plus|mas|them|nua|ones?)\b/

export function canBeDone(wish: Wish, memory: Memory): boolean {
  const names = wish.skus.length + wish.names.length
  const { shown, focus, open, lapsed } = memory
  const points = focus !== undefined || shown.length > 0
  switch (wish.name) {
    case 'browse':
      if (saysWhat(wish)) return true
      if (memory.browsed && (!wish.filter.isBare || goesOn.test(fold(wish.text)))) return true
      return everything.test(fold(wish.text))
    case 'product':
      return names > 0 || (points && (wish.places.length > 0 || wish.pointsBack || !wish.filter.isBare))
    case 'compare':
      return names > 0 || shown.length > 1
    case 'order':
      return names > 0 || wish.kind !== undefined || points
    case 'decline':
      return open !== undefined
    case 'confirm':
      return open !== undefined || lapsed !== undefined
    default:
      return true
  }
}

/**
 * Whether the articles may have the better answer. They have it when a visitor who has not signed in asks of "my order" without
 * naming one: how to find it out is told at once, and looking it up is offered. And a bare name of a kind of products may be any
 * question about them.
 */
export function isContested(wish: Wish, { customer, browsed }: Memory): boolean {
  if (needsCustomer.has(wish.name) && wish.name !== 'order') return customer === undefined && wish.orders.length === 0
  if (wish.name !== 'browse' || !wish.filter.isBare || browsed) return false
  const words = maskedOf(wish.text).trim().split(/\s+/)
  return words.length === 1 && !/s$/i.test(wish.text.trim().replace(/\W+$/, ''))
}
