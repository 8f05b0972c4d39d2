import { useMemo } from 'react'
import type { StoredMessage } from '#lib/protocol/events.ts'
import type { DeskClient } from '#lib/transport/client/desk-client.ts'
import { createMoney } from './cards/money.ts'
import type { Chat } from './chat-context.ts'
import { isPing } from './commands.ts'
import { texts } from './texts.ts'
import { createClock, localeOf } from './time.ts'

interface ChatOptions {
  client: DeskClient | undefined
  deskName: string
  notify: (text: string, bad?: boolean) => void
  /** Called whenever the visitor said something. */
  onSay: () => void
  edit: (message: StoredMessage) => void
  regenerates: boolean
  rest: () => void
}

/** What the parts of the chat can do, made of the client. */
export function useChatActions({ client, deskName, notify, onSay, edit, regenerates, rest }: ChatOptions): Chat {
  return useMemo(() => {
    const locale = localeOf(globalThis.navigator?.languages ?? [])
    const unready = () => Promise.reject(new Error(texts.notDone))

    async function act(action: Parameters<Chat['act']>[0]): Promise<boolean> {
      try {
        await client?.act(action)
        return client !== undefined
      } catch {
        notify(texts.notDone, true)
        return false
      }
    }

    /** Any receipt will do: that the visitor is not typing is true, and leaves no trace in the log. */
    async function ping(): Promise<void> {
      const began = performance.now()
      try {
        if (!client) return
        await client.act({ type: 'typing', is_typing: false })
        const way = texts.ways[client.snapshot().transport ?? 'websocket']
        notify(texts.pong(Math.max(1, Math.round(performance.now() - began)), way))
      } catch {
        notify(texts.noPong, true)
      }
    }

    return {
      deskName,
      clock: createClock(locale),
      money: createMoney(locale),
      act,
      edit,
      regenerates,
      notify,
      rest,
      upload: (file, signal) => client?.upload(file, signal) ?? unready(),
      signIn: (email, pin) => client?.signIn(email, pin) ?? unready(),
      approve: ({ approval_id, token = '' }, decision) => client?.approve(approval_id, decision, token) ?? unready(),
      undo: (effectId) => client?.undo(effectId) ?? unready(),
      fileUrl: (id) => client?.fileUrl(id),
      say(text, attachments = []) {
        rest()
        if (isPing(text) && attachments.length === 0) return void ping()
        client?.send(text, attachments)
        onSay()
      },
      retry(id) {
        rest()
        client?.retry(id)
      },
      discard(id) {
        rest()
        client?.discard(id)
      },
    }
  }, [client, deskName, notify, onSay, edit, regenerates, rest])
}
