'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { inOrder } from '#components/ui/in-order.ts'
import { ScrollBox } from '#components/ui/scroll-box.tsx'
import { useWebSocket } from './use-websocket.ts'

/** A whole chat in one component, as an example of the hook. */
export function ChatComponent({ url }: { url: string }) {
  const { messages, connected, sendMessage } = useWebSocket(url)
  const [input, setInput] = useState('')

  return (
    <div className="space-y-3">
      <p role="status">Status: {connected ? '✅ Connected' : '❌ Disconnected'}</p>
      <ScrollBox label="Messages" className="h-80 space-y-2">
        {inOrder(messages, ({ content }) => content && <p className="wrap-anywhere whitespace-pre-wrap">{content}</p>)}
      </ScrollBox>
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (input.trim() !== '' && sendMessage(input)) setInput('')
        }}
      >
        <input
          aria-label="Message"
          autoComplete="off"
          value={input}
          onChange={({ target }) => setInput(target.value)}
          className="min-w-0 flex-1 rounded-field border border-line bg-raised px-3 text-base"
        />
        <Button type="submit" look="primary" disabled={!connected}>
          Send
        </Button>
      </form>
    </div>
  )
}
