import type { ReactNode } from 'react'

/** A short word that classifies what it stands beside. */
export function Badge({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex h-4.5 items-center rounded-full border border-line bg-sunken px-1.5 text-[0.6875rem]/none font-medium text-muted">
      {children}
    </span>
  )
}
