import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { classes } from '#components/ui/classes.ts'
import { inOrder } from '#components/ui/in-order.ts'
import type { ProductCard as Product } from '#lib/protocol/cards.ts'
import { texts } from '../texts.ts'
import { ProductCard } from './product-card.tsx'

/** Products that are shown where they stand below one another, before the visitor asks for the rest. */
const SHOWN = 4

/**
 * What the shop has: a row to be moved sideways on a phone, two in a line elsewhere. All are in the page at once, so nothing
 * moves when the rest is shown but what stands below; the row follows the focus from button to button.
 */
export function ProductList({ products }: { products: readonly Product[] }) {
  const [all, setAll] = useState(false)
  const [only] = products
  if (products.length === 1 && only) {
    return (
      <div className="max-w-sm">
        <ProductCard product={only} alone />
      </div>
    )
  }
  const folded = !all && products.length > SHOWN
  return (
    <>
      <ul
        aria-label={texts.shop.products}
        className={classes(
          'relative -m-1 flex snap-x scroll-px-1 gap-3 overflow-x-auto overscroll-x-contain p-1 pb-3 max-sm:-me-4 max-sm:pe-4 sm:grid sm:grid-cols-2 sm:overflow-visible sm:pb-1',
          folded && 'sm:[&>li:nth-child(n+5)]:hidden',
        )}
      >
        {inOrder(products, (product) => (
          <li className="w-60 max-w-[85%] shrink-0 snap-start sm:w-auto sm:max-w-none">
            <ProductCard product={product} alone={false} />
          </li>
        ))}
      </ul>
      {folded && (
        <Button onClick={() => setAll(true)} className="self-start max-sm:hidden">
          {texts.shop.showMore(products.length - SHOWN)}
        </Button>
      )}
    </>
  )
}
