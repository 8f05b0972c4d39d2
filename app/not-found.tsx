import type { Metadata } from 'next'
import { texts } from '#components/chat/texts.ts'
import { MessagePage } from '#components/ui/message-page.tsx'

export const metadata: Metadata = { title: texts.notFoundTitle }

export default function NotFound() {
  return (
    <MessagePage title={texts.notFoundTitle} text={texts.notFound}>
      <a href="/" className="text-sm font-medium text-accent hover:underline">
        {texts.backToChat}
      </a>
    </MessagePage>
  )
}
