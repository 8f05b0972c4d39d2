'use client'

import { texts } from '#components/chat/texts.ts'
import { Button } from '#components/ui/button.tsx'
import { MessagePage } from '#components/ui/message-page.tsx'

export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  return (
    <MessagePage title={texts.brokenTitle} text={texts.broken}>
      <Button look="primary" onClick={() => retry()}>
        {texts.again}
      </Button>
    </MessagePage>
  )
}
