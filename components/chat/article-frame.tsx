import { ArrowLeft, MessageCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import { Mark } from '#components/ui/mark.tsx'
import { texts } from './texts.ts'

/** What stands around articles: whose they are above, and below them the way to ask. */
export function ArticleFrame({ deskName, children }: { deskName: string; children: ReactNode }) {
  return (
    <>
      <header className="sticky top-0 z-10 border-b border-line bg-surface px-4 pt-[env(safe-area-inset-top)]">
        <div className="mx-auto flex min-h-16 max-w-5xl items-center gap-3">
          <span className="hidden xs:flex">
            <Mark />
          </span>
          <p className="min-w-0 flex-1 truncate font-semibold">{deskName}</p>
          <a href="/" className={`${button} border border-line bg-raised hover:border-muted/60`}>
            <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
            {texts.backToChat}
          </a>
        </div>
      </header>
      <main className="px-4 pt-10 pb-[max(4rem,env(safe-area-inset-bottom))]">
        {children}
        <aside
          aria-label={texts.stillAQuestion}
          className="mx-auto mt-10 flex max-w-measure flex-wrap items-center justify-between gap-3 rounded-bubble border border-line bg-raised p-4"
        >
          <p className="font-medium">{texts.stillAQuestion}</p>
          <a href="/" className={`${button} bg-accent text-on-accent hover:bg-accent/90`}>
            <MessageCircle aria-hidden className="size-4" />
            {texts.askAssistant}
          </a>
        </aside>
      </main>
    </>
  )
}

const button = 'inline-flex min-h-9 items-center gap-2 rounded-field px-3 text-sm font-medium touch:min-h-11'
