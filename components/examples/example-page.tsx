'use client'

import { useEffect, useState } from 'react'
import { ChatComponent } from './chat-component.tsx'

/** The example of the hook, at work. */
export function ExamplePage() {
  const [url, setUrl] = useState<string>()
  useEffect(() => setUrl(`${window.location.origin.replace(/^http/, 'ws')}/ws/chat`), [])
  return (
    <main className="mx-auto max-w-column space-y-4 px-4 py-8">
      <h1 className="text-2xl font-semibold">A chat in React</h1>
      <p className="text-muted">
        The hook <code className="font-mono text-sm">useWebSocket(url)</code> and this component stand in{' '}
        <code className="font-mono text-sm">components/examples</code>, to be copied. All frames are told in the{' '}
        <a href="/redoc#websocket" className="text-accent underline underline-offset-2">
          reference
        </a>
        .
      </p>
      {url && <ChatComponent url={url} />}
    </main>
  )
}
