import type { ReactNode } from 'react'
import { Mark } from './mark.tsx'

/** A page that has one thing to say and one thing to offer. */
export function MessagePage({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-measure flex-col items-start justify-center px-4 py-8">
      <Mark large />
      <h1 className="mt-6 text-2xl font-semibold tracking-tight">{title}</h1>
      <p className="mt-2 mb-6 text-muted">{text}</p>
      {children}
    </main>
  )
}
