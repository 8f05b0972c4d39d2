import { Receipt } from 'lucide-react'
import type { ReactNode } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { OrderCard as Order } from '#lib/protocol/cards.ts'
import { useChat } from '../chat-context.ts'
import { texts } from '../texts.ts'
import { OrderItems } from './order-items.tsx'
import { hasSteps, OrderBadge, OrderSteps } from './order-status.tsx'
import { Undo } from './undo.tsx'

interface OrderCardProps {
  order: Order
  /** No later answer shows the order: what can be done with it can be done here. */
  latest: boolean
  /** What is known of it by now. */
  now: Order['status'] | undefined
  /** It stands alone, so there is room for how far it has come. */
  alone: boolean
}

/** An order as the shop has it. */
export function OrderCard({ order, latest, now = order.status, alone }: OrderCardProps) {
  const { clock } = useChat()
  const { order_id, status, placed_at, payment, tracking, undo } = order
  const stepped = alone && hasSteps(status)
  const title = order_id === undefined ? texts.shop.orderWithoutId : texts.shop.orderTitle(shortId(order_id))
  return (
    <article aria-label={title} className="max-w-md min-w-0 rounded-bubble border border-line bg-raised p-4">
      <div className="flex items-center gap-2">
        <Receipt aria-hidden className="size-4 shrink-0 text-muted" />
        <p title={order_id} className="min-w-0 text-sm font-semibold wrap-anywhere">
          {title}
        </p>
        {order_id !== undefined && (
          <span className="-ms-2 -my-2">
            <CopyButton text={order_id} label={texts.shop.copyOrderId} done={texts.copied} />
          </span>
        )}
        {!stepped && (
          <span className="ms-auto inline-flex shrink-0">
            <OrderBadge status={status} />
          </span>
        )}
      </div>
      {stepped && <OrderSteps status={status} />}
      {now !== status && (
        <p className="mt-2 flex items-center gap-1.5 text-sm text-muted">
          {texts.shop.since} <OrderBadge status={now} />
        </p>
      )}
      <OrderItems order={order} />
      <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm empty:hidden">
        {placed_at !== undefined && (
          <Fact name={texts.shop.placed}>
            <time dateTime={placed_at}>{clock.moment(placed_at)}</time>
          </Fact>
        )}
        {payment !== undefined && <Fact name={texts.shop.payment}>{payment}</Fact>}
        {tracking !== undefined && (
          <Fact name={texts.shop.tracking}>
            <span className="font-mono text-xs">{tracking}</span>
          </Fact>
        )}
      </dl>
      {latest && undo && <Undo {...undo} />}
    </article>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd dir="auto" className="text-end wrap-anywhere first-letter:uppercase">
        {children}
      </dd>
    </>
  )
}

/** The beginning of a UUID is enough to tell a customer's orders apart; other numbers stand as they are. */
function shortId(id: string): string {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id) ? id.slice(0, 8) : id
}
