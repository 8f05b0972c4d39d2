import { type ReactNode, useId } from 'react'

/** The look of fields in the developer pages; 16 px, or phones zoom in. */
export const fieldLook = 'w-full rounded-field border border-line bg-raised px-3 py-2 font-mono text-base sm:text-sm placeholder:text-muted'

/** A field with its name above it; `children` draws the field with the id that it is given. */
export function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="text-sm">
      <label htmlFor={id} className="mb-1.5 block">
        {label}
      </label>
      {children(id)}
    </div>
  )
}

/** A part of the page with its title. */
export function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="space-y-4 rounded-bubble border border-line bg-raised p-4">
      <h2 className="text-lg font-semibold">{title}</h2>
      {children}
    </section>
  )
}
