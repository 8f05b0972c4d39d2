'use client'

import { useCallback, useMemo, useRef, useState } from 'react'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import type { StoredMessage } from '#lib/protocol/events.ts'
import type { ClientSettings } from '#lib/transport/client/desk-client.ts'
import { Announcer } from './announcer.tsx'
import { Account } from './cards/account.tsx'
import { awaitsApproval } from './cards/standing.ts'
import { ChatContext } from './chat-context.ts'
import { Composer } from './composer.tsx'
import { Forbidden } from './forbidden.tsx'
import { Header } from './header.tsx'
import { isOnline } from './line.ts'
import { Log } from './log.tsx'
import { isBlank, isBusy, lastOwnText } from './log-rows.ts'
import { newMessages } from './new-messages.ts'
import { NoticeBar } from './notice-bar.tsx'
import { editable } from './revisions.ts'
import { Session } from './session.tsx'
import { texts } from './texts.ts'
import { useChatActions } from './use-chat.ts'
import { useComposerFocus } from './use-composer-focus.ts'
import { useDeskClient } from './use-desk-client.ts'
import { useLogScroll } from './use-log-scroll.ts'
import { useNotice } from './use-notice.ts'
import { useUnreadTitle } from './use-unread-title.ts'
import { useViewportHeight } from './use-viewport-height.ts'

export interface ChatPageProps {
  deskName: string
  suggestions: readonly string[]
  settings: ClientSettings
  /** Visitors may send files. */
  takesFiles: boolean
  /** There is a model that would answer otherwise the next time. */
  regenerates: boolean
  /** This browser has been here before: its conversation is waited for, instead of greeting it again. */
  returning: boolean
}

/** The chat: one visitor, one session, one screen. */
export function ChatPage({ deskName, suggestions, settings, takesFiles, regenerates, returning }: ChatPageProps) {
  const { client, snapshot } = useDeskClient(settings)
  const { log, unsent, connection } = snapshot
  const { notice, notify, dismiss } = useNotice()
  const [leaving, setLeaving] = useState(false)
  const [account, setAccount] = useState<'in' | 'out'>()
  const [editing, edit] = useState<StoredMessage>()
  const field = useRef<HTMLTextAreaElement>(null)
  const blank = isBlank(log, unsent)
  const online = isOnline(connection)
  const stick = useLogScroll(blank)
  const { scrollToBottom } = stick
  const onSay = useCallback(() => void scrollToBottom({ animation: 'instant' }), [scrollToBottom])
  const rest = useComposerFocus(field)
  const chat = useChatActions({ client, deskName, notify, onSay, edit, regenerates, rest })
  const { oldNews } = snapshot
  const news = useMemo(() => newMessages({ log, oldNews }), [log, oldNews])
  useUnreadTitle(news)
  useViewportHeight()

  function quiet(): void {
    dismiss()
    rest()
  }

  async function end(): Promise<void> {
    if (await chat.act({ type: 'close' })) onSay()
  }

  async function signOut(): Promise<void> {
    try {
      await client?.signOut()
    } catch (error) {
      notify((error as Error).message, true)
    }
  }

  /** What signing out would end. */
  function isAtStake(): boolean {
    return unsent.length > 0 || isBusy(log) || awaitsApproval(log, Date.now())
  }

  function renew(): void {
    client?.renew()
    dismiss()
    field.current?.focus()
  }

  return (
    <ChatContext value={chat}>
      <div className="fixed inset-x-0 top-(--seen-top,0px) flex h-(--seen-height,100dvh) flex-col bg-surface">
        <button type="button" className="skip-link" onClick={() => field.current?.focus()}>
          {texts.skip}
        </button>
        <Header
          snapshot={snapshot}
          onRenew={() => (blank ? renew() : setLeaving(true))}
          onSignIn={() => setAccount('in')}
          onSignOut={() => (isAtStake() ? setAccount('out') : void signOut())}
          onEnd={blank || log.status === 'closed' ? undefined : () => void end()}
        />
        <main className="flex min-h-0 flex-1 flex-col">
          {snapshot.forbidden ? (
            <Forbidden />
          ) : (
            <>
              <Log stick={stick} busy={online && log.running !== undefined} length={log.items.length + (log.running ? 1 : 0)}>
                <Session snapshot={snapshot} suggestions={suggestions} returning={returning} />
              </Log>
              <div className="foot">
                <div className="mx-auto w-full max-w-column">
                  <noscript>
                    <p className="mb-2 text-sm text-bad">{texts.needsScript}</p>
                  </noscript>
                  <NoticeBar notice={notice} offline={connection === 'error'} onDismiss={quiet} />
                  <Composer
                    field={field}
                    busy={online && isBusy(log)}
                    closed={log.status === 'closed'}
                    takesFiles={takesFiles}
                    editing={editing?.message_id === editable(log, unsent) ? editing : undefined}
                    onEdited={() => edit(undefined)}
                    last={lastOwnText(log, unsent)}
                  />
                  <p className="footnote">{texts.footnote}</p>
                </div>
              </div>
            </>
          )}
        </main>
        <Announcer news={news} />
        <Account
          wish={account === 'in' && log.customer ? undefined : account}
          onSignOut={() => void signOut()}
          onClose={() => setAccount(undefined)}
        />
        <ConfirmDialog
          open={leaving}
          title={texts.newConversationQuestion}
          text={texts.newConversationWarning}
          confirm={texts.startNew}
          cancel={texts.cancel}
          onConfirm={renew}
          onClose={() => setLeaving(false)}
        />
      </div>
    </ChatContext>
  )
}
