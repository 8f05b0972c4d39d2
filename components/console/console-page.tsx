'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { classes } from '#components/ui/classes.ts'
import { Conversation } from './conversation.tsx'
import { ask, type Me } from './desk.ts'
import { InboxList } from './inbox-list.tsx'
import { SignIn } from './sign-in.tsx'
import { texts } from './texts.ts'
import { type Show, useInbox, useMe } from './use-console.ts'

/** The console: where people answer visitors. */
export function ConsolePage({ deskName }: { deskName: string }) {
  const { me, enter, leave } = useMe()
  if (me === undefined) return <main className="min-h-dvh" aria-busy="true" />
  if (me === null) return <SignIn onEnter={enter} />
  return <Desk me={me} deskName={deskName} onLeave={leave} />
}

function Desk({ me, deskName, onLeave }: { me: Me; deskName: string; onLeave: () => void }) {
  const [show, setShow] = useState<Show>('waiting')
  const [chosen, choose] = useState<string>()
  const { inbox, isReachable } = useInbox(show, onLeave)

  async function signOut(): Promise<void> {
    await ask('sign-out', {}).catch(() => undefined)
    onLeave()
  }

  return (
    <div className="flex h-dvh flex-col bg-surface">
      <header className="flex items-center gap-3 border-b border-line px-4 py-2">
        <h1 className="min-w-0 flex-1 truncate font-semibold">
          {deskName} · {texts.title}
        </h1>
        {!isReachable && (
          <p role="status" className="text-sm text-bad">
            {texts.unreachable}
          </p>
        )}
        <span className="hidden truncate text-sm text-muted sm:inline">{me.name}</span>
        <Button look="quiet" onClick={() => void signOut()}>
          {texts.signOut}
        </Button>
      </header>
      <main className="flex min-h-0 flex-1">
        <div className={classes('flex min-h-0 w-full flex-col border-line lg:w-96 lg:border-e', chosen !== undefined && 'hidden lg:flex')}>
          <InboxList show={show} onShow={setShow} inbox={inbox} chosen={chosen} onChoose={choose} />
        </div>
        <div className={classes('min-h-0 min-w-0 flex-1', chosen === undefined ? 'hidden lg:flex' : 'flex')}>
          {chosen === undefined ? (
            <p className="m-auto p-6 text-sm text-muted">{texts.nobody}</p>
          ) : (
            <Conversation key={chosen} me={me} sessionKey={chosen} onBack={() => choose(undefined)} />
          )}
        </div>
      </main>
    </div>
  )
}
