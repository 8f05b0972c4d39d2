import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { texts } from '../texts.ts'

/** From here on it is said how few are left. */
const FEW = 3

/** How many there are, in words; the colour only repeats them. */
export function Stock({ units }: { units: number | undefined }) {
  if (units === undefined) return null
  return (
    <p className="flex items-center gap-1.5 text-sm">
      {iconOf(units)}
      {units === 0 ? texts.shop.noStock : units <= FEW ? texts.shop.lastUnits(units) : texts.shop.stock(units)}
    </p>
  )
}

function iconOf(units: number) {
  if (units === 0) return <CircleX aria-hidden className="size-4 shrink-0 text-bad" />
  if (units <= FEW) return <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />
  return <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
}
