import type { Card } from '#lib/protocol/cards.ts'

/**
 * A text without the lines of its lists that the cards below it say as well. Clients without cards need them: there the text is
 * all there is.
 */
export function withoutListed(text: string, cards: readonly Card[]): string {
  if (cards.length === 0) return text
  const said = new Set(detailsIn(cards))
  const names = cards.flatMap(nameOf)
  const lines = text.split('\n').filter((line) => {
    const [, item] = /^\s*[-*] (.+)$/.exec(line) ?? []
    return item === undefined || !(said.has(item.trim()) || names.some((name) => item.startsWith(`${name}:`)))
  })
  return lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** What a line about a card begins with. */
function nameOf(card: Card): string[] {
  if (card.kind === 'product') return [card.sku]
  return card.kind === 'order' && card.order_id !== undefined ? [card.order_id] : []
}

/** The lines about a product that stands alone, and so shows all that is known of it. */
function detailsIn(cards: readonly Card[]): string[] {
  const [product, ...others] = cards.filter((card) => card.kind === 'product')
  return product && others.length === 0 ? (product.details ?? []).map(({ label, value }) => `${label}: ${value}`) : []
}
