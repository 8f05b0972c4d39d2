import { createContext, useContext } from 'react'
import type { Action } from '#lib/protocol/actions.ts'
import type { Clock } from './time.ts'

/** What every part of the chat may use. */
export interface Chat {
  deskName: string
  clock: Clock
  /** Sends the visitor's words, or answers a ping. */
  say: (text: string) => void
  /** Carries out any other wish. False, after a word to the visitor, when it could not be done. */
  act: (action: Exclude<Action, { type: 'message' }>) => Promise<boolean>
  /** Gives the focus to the message box: what had it goes away. */
  rest: () => void
  retry: (clientMsgId: string) => void
  discard: (clientMsgId: string) => void
}

export const ChatContext = createContext<Chat | undefined>(undefined)

export function useChat(): Chat {
  const chat = useContext(ChatContext)
  if (!chat) throw new Error('This belongs inside of a ChatPage.')
  return chat
}
