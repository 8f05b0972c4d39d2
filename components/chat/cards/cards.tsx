import { inOrder } from '#components/ui/in-order.ts'
import type { Card, OrderCard as Order, ProductCard as Product } from '#lib/protocol/cards.ts'
import { OrderCard } from './order-card.tsx'
import { ProductList } from './product-list.tsx'
import { useShop } from './shop-context.ts'
import { SignInCard } from './sign-in-card.tsx'

interface CardsProps {
  /** The answer that they belong to. */
  messageId: string
  cards: readonly Card[]
}

/** What the tools found for an answer, below its words. */
export function Cards({ messageId, cards }: CardsProps) {
  const { orders, signIn } = useShop()
  const products = cards.filter((card): card is Product => card.kind === 'product')
  const ordered = cards.filter((card): card is Order => card.kind === 'order')
  const now = ({ order_id }: Order) => (order_id === undefined ? undefined : orders.get(order_id))
  const form = cards.find((card) => card.kind === 'sign_in')
  return (
    <div className="mt-3 flex flex-col gap-3 empty:hidden">
      {products.length > 0 && <ProductList products={products} />}
      {inOrder(ordered, (order) => (
        <OrderCard order={order} latest={now(order)?.shownBy === messageId} now={now(order)?.status} alone={ordered.length === 1} />
      ))}
      {form && <SignInCard email={form.email} latest={signIn === messageId} />}
    </div>
  )
}
