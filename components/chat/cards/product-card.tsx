import { Button } from '#components/ui/button.tsx'
import { inOrder } from '#components/ui/in-order.ts'
import type { ProductCard as Product } from '#lib/protocol/cards.ts'
import { useChat } from '../chat-context.ts'
import { texts } from '../texts.ts'
import { CategoryGlyph } from './category-glyph.tsx'
import { Stock } from './stock.tsx'

/** Details on a card that stands among others. */
const FEW_DETAILS = 3

interface ProductCardProps {
  product: Product
  /** It stands alone, so all that is known of it is shown. */
  alone: boolean
}

/** A product, with what can be asked for at once. */
export function ProductCard({ product, alone }: ProductCardProps) {
  const { say, money } = useChat()
  const { sku, name, category, price, currency, stock, details = [] } = product
  return (
    <article aria-label={name} className="flex h-full min-w-0 flex-col gap-3 rounded-bubble border border-line bg-raised p-4">
      <div className="flex gap-3">
        <CategoryGlyph category={category} />
        <div className="min-w-0 flex-1">
          <p dir="auto" className="text-sm font-semibold wrap-anywhere">
            {name}
          </p>
          <p className="mt-0.5 font-mono text-xs wrap-anywhere text-muted">{sku}</p>
        </div>
      </div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <p className="text-xl font-semibold tabular-nums">{money(price, currency)}</p>
        <Stock units={stock} />
      </div>
      <Details details={alone ? details : details.slice(0, FEW_DETAILS)} />
      <div className="mt-auto flex flex-wrap gap-2 empty:hidden">
        {stock !== 0 && (
          <Button
            look="primary"
            aria-label={texts.shop.orderOf(sku)}
            onClick={() => say(texts.shop.say.order([{ sku, quantity: 1 }]))}
            className="flex-1"
          >
            {texts.shop.order}
          </Button>
        )}
        {!alone && (
          <Button aria-label={texts.shop.detailsOf(sku)} onClick={() => say(texts.shop.say.details(sku))} className="flex-1">
            {texts.shop.details}
          </Button>
        )}
      </div>
    </article>
  )
}

function Details({ details }: { details: ReadonlyArray<{ label: string; value: string }> }) {
  if (details.length === 0) return null
  return (
    <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
      {inOrder(details, ({ label, value }) => (
        <div dir="auto" className="col-span-2 grid grid-cols-subgrid">
          <dt className="wrap-anywhere text-muted first-letter:uppercase">{label}</dt>
          <dd className="text-end wrap-anywhere tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
