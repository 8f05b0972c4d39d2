import { ShieldX } from 'lucide-react'
import { texts } from './texts.ts'

/** The desk does not let this page in, and only its owner can change that. */
export function Forbidden() {
  return (
    <div role="alert" className="mx-auto flex w-full max-w-column flex-1 flex-col items-start justify-center px-4 py-8">
      <ShieldX aria-hidden className="size-8 text-bad" />
      <h2 className="mt-4 text-xl font-semibold">{texts.forbiddenTitle}</h2>
      <p className="mt-2 max-w-measure">{texts.forbidden}</p>
      <p className="mt-2 max-w-measure text-sm text-muted">{texts.forbiddenOwner}</p>
    </div>
  )
}
