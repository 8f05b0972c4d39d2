'use client'

import { useEffect } from 'react'
import { Button } from '#components/ui/button.tsx'
import { MessagePage } from '#components/ui/message-page.tsx'
import { TAB_MEMORY } from '#lib/transport/client/desk-client.ts'
import { browserShelf } from './browser-shelf.ts'
import { texts } from './texts.ts'

/** In place of a page that could not be shown. */
export function BrokenPage({ retry }: { error: unknown; retry: () => void }) {
  // What this tab remembers of the log may be what broke it, and the desk has it all.
  useEffect(() => browserShelf('sessionStorage').removeItem(TAB_MEMORY), [])
  return (
    <MessagePage title={texts.brokenTitle} text={texts.broken}>
      <Button look="primary" onClick={() => retry()}>
        {texts.again}
      </Button>
    </MessagePage>
  )
}
