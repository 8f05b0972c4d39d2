import { Keyboard, Laptop, Monitor, Package, Printer, Router } from 'lucide-react'

const glyphs = [
  { of: /monitor|display|screen/i, Glyph: Monitor },
  { of: /print|scan/i, Glyph: Printer },
  { of: /network|router|wi-?fi/i, Glyph: Router },
  { of: /computer|laptop|notebook|desktop/i, Glyph: Laptop },
  { of: /accessor|keyboard|mouse/i, Glyph: Keyboard },
]

/** What kind of thing it is, drawn. A shop's categories are its own: one that is not known gets a parcel. */
export function CategoryGlyph({ category = '' }: { category: string | undefined }) {
  const { Glyph } = glyphs.find(({ of }) => of.test(category)) ?? { Glyph: Package }
  return (
    <span aria-hidden className="inline-flex size-9 shrink-0 items-center justify-center rounded-field bg-sunken text-muted">
      <Glyph className="size-5" />
    </span>
  )
}
