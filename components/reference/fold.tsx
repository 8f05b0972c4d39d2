import type { ReactNode } from 'react'

/** Something that is folded away until it is wanted. Needs no script, and prints unfolded. */
export function Fold({ title, open = false, children }: { title: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="print:[&::details-content]:[content-visibility:visible]">
      <summary className="w-fit py-1 text-sm text-muted select-none hover:text-ink">{title}</summary>
      <div className="space-y-2 pt-1 pb-2">{children}</div>
    </details>
  )
}
