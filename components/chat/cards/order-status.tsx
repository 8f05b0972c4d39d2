import { Check, CircleX } from 'lucide-react'
import { Badge } from '#components/ui/badge.tsx'
import { classes } from '#components/ui/classes.ts'
import type { OrderCard } from '#lib/protocol/cards.ts'
import { texts } from '../texts.ts'

type Status = OrderCard['status']

const steps: readonly Status[] = ['submitted', 'approved', 'fulfilled']

/** Where an order is, as a word. */
export function OrderBadge({ status }: { status: Status }) {
  const words = texts.shop.statuses[status]
  if (status !== 'cancelled') return <Badge>{words}</Badge>
  return (
    <span className="inline-flex items-center gap-1 text-sm font-medium text-bad">
      <CircleX aria-hidden className="size-4" />
      {words}
    </span>
  )
}

/** Whether an order is on its way, which is shown in steps. */
export function hasSteps(status: Status): boolean {
  return steps.includes(status)
}

/** How far an order has come, and what is before it. */
export function OrderSteps({ status }: { status: Status }) {
  const at = steps.indexOf(status)
  return (
    <ol aria-label={texts.shop.progress} className="mt-3 grid grid-cols-3 gap-1.5 text-xs">
      {steps.map((step, index) => (
        <li key={step} aria-current={index === at ? 'step' : undefined}>
          <span
            aria-hidden
            className={classes(
              'block h-1 rounded-full forced-colors:border',
              index <= at ? 'bg-accent forced-colors:bg-[CanvasText]' : 'bg-line',
            )}
          />
          <span className={classes('mt-1.5 flex items-center gap-1', index === at ? 'font-semibold' : 'text-muted')}>
            {index <= at && <Check aria-hidden className="size-3.5 shrink-0" />}
            {texts.shop.statuses[step]}
          </span>
        </li>
      ))}
    </ol>
  )
}
