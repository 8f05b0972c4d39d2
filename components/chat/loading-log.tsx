import { texts } from './texts.ts'

/** While a returning visitor's conversation is fetched. */
export function LoadingLog() {
  return (
    <div role="status" aria-label={texts.loading} className="mx-auto w-full max-w-column flex-1 pt-8">
      <div aria-hidden className="animate-pulse space-y-6">
        <div className="ms-auto h-11 w-2/5 rounded-bubble bg-sunken" />
        <div className="flex gap-3">
          <div className="size-7 shrink-0 rounded-full bg-sunken" />
          <div className="flex-1 space-y-3 pt-1.5">
            <div className="h-4 w-4/5 rounded-field bg-sunken" />
            <div className="h-4 w-full rounded-field bg-sunken" />
            <div className="h-4 w-3/5 rounded-field bg-sunken" />
          </div>
        </div>
      </div>
    </div>
  )
}
