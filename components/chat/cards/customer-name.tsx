import { UserRoundCheck } from 'lucide-react'
import { texts } from '../texts.ts'

/** Whose session this is, where it is anybody's. */
export function CustomerName({ name }: { name: string | undefined }) {
  if (name === undefined) return null
  return (
    <span title={texts.shop.signedInAs(name)} className="flex min-w-0 flex-1 basis-0 items-center gap-1">
      <UserRoundCheck aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">{texts.shop.signedInAs('')}</span>
      <span dir="auto" className="truncate">
        {name}
      </span>
    </span>
  )
}
