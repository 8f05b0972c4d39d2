import { inOrder } from '#components/ui/in-order.ts'
import type { OrderCard } from '#lib/protocol/cards.ts'
import { useChat } from '../chat-context.ts'
import { texts } from '../texts.ts'
import { times } from './money.ts'

/** What is ordered, and what it comes to. */
export function OrderItems({ order: { items, total, currency } }: { order: OrderCard }) {
  const { money } = useChat()
  return (
    <>
      <ul aria-label={texts.shop.items} className="mt-3 space-y-2 text-sm">
        {inOrder(items, ({ sku, name, quantity, unit_price }) => (
          <li className="flex items-baseline justify-between gap-3">
            <span className="min-w-0">
              <span className="tabular-nums">{quantity} × </span>
              <span dir="auto" className="wrap-anywhere">
                {name ?? sku}
              </span>
              <span className="block text-xs text-muted">
                {name !== undefined && <span className="font-mono">{sku}</span>}
                {name !== undefined && quantity > 1 && ' · '}
                {quantity > 1 && texts.shop.each(money(unit_price, currency))}
              </span>
            </span>
            <span className="shrink-0 tabular-nums">{money(times(unit_price, quantity), currency)}</span>
          </li>
        ))}
      </ul>
      <p className="mt-3 flex items-baseline justify-between gap-3 border-t border-line pt-3 text-sm font-semibold">
        <span>{texts.shop.total}</span>
        <span className="text-base tabular-nums">{money(total, currency)}</span>
      </p>
    </>
  )
}
