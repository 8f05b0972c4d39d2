'use client'

import { ConnectionPanel } from './connection-panel.tsx'
import { FrameLog } from './frame-log.tsx'
import { HttpPanel } from './http-panel.tsx'
import { SendPanel } from './send-panel.tsx'
import { useWire } from './use-wire.ts'

/** The page for people who connect something of their own: every frame, as it is. */
export function DeveloperPage() {
  const { wire, state } = useWire()
  return (
    <main className="mx-auto max-w-7xl space-y-6 p-4 pb-24">
      <header className="space-y-2 pt-4">
        <h1 className="text-2xl font-semibold">Developer page</h1>
        <p className="max-w-measure text-muted">
          Connect, send any frame, and see what comes back. What each frame means is told in the{' '}
          <a href="/redoc#websocket" className="text-accent underline underline-offset-2">
            reference
          </a>
          ; the endpoints can be tried in{' '}
          <a href="/docs" className="text-accent underline underline-offset-2">
            Swagger UI
          </a>
          ; a chat of a few lines is the{' '}
          <a href="/examples/react" className="text-accent underline underline-offset-2">
            React example
          </a>
          .
        </p>
      </header>
      <div className="grid gap-6 lg:grid-cols-2">
        <div className="min-w-0 space-y-6">
          <ConnectionPanel wire={wire} state={state} />
          <SendPanel connected={state.status === 'connected'} onSend={wire.send} />
        </div>
        <div className="min-w-0 lg:sticky lg:top-4 lg:self-start">
          <FrameLog state={state} onClear={wire.clear} />
        </div>
      </div>
      <HttpPanel session={state.session} />
    </main>
  )
}
