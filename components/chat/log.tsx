import { ArrowDown } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { StickToBottomInstance } from 'use-stick-to-bottom'
import { texts } from './texts.ts'

interface LogProps {
  stick: StickToBottomInstance
  /** An answer is being written: what stands here is not final. */
  busy: boolean
  /** Grows with whatever is added to the log. */
  length: number
  children: ReactNode
}

/**
 * The conversation. It follows its end as long as the reader is there; a reader who has scrolled up is left alone
 * and told. Screen readers hear finished answers from the Announcer: a log that is live would say every piece.
 */
export function Log({ stick, busy, length, children }: LogProps) {
  const { scrollRef, contentRef, isAtBottom, scrollToBottom } = stick
  const [seen, setSeen] = useState(length)
  useEffect(() => {
    if (isAtBottom) setSeen(length)
  }, [isAtBottom, length])

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scrollRef}
        role="log"
        aria-label={texts.log}
        aria-busy={busy}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain focus-visible:-outline-offset-2"
      >
        <div
          ref={contentRef}
          className="flex w-full flex-1 shrink-0 basis-auto flex-col ps-[max(1rem,env(safe-area-inset-left))] pe-[max(1rem,env(safe-area-inset-right))]"
        >
          {children}
        </div>
      </div>
      {!isAtBottom && (
        <button
          type="button"
          onClick={() => {
            scrollRef.current?.focus({ preventScroll: true })
            void scrollToBottom()
          }}
          className={jump}
        >
          <ArrowDown aria-hidden className="size-4 text-muted" />
          {length > seen ? texts.newMessages : texts.toTheEnd}
        </button>
      )}
    </div>
  )
}

const jump =
  'absolute bottom-3 left-1/2 z-10 inline-flex min-h-9 -translate-x-1/2 animate-appear items-center gap-2 rounded-full border border-line bg-raised px-4 text-sm font-medium whitespace-nowrap shadow-float touch:min-h-11'
