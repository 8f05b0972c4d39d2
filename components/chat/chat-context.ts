import { createContext, useContext } from 'react'
import type { Action, Receipt } from '#lib/protocol/actions.ts'
import type { ApprovalRequest, Attachment, StoredMessage } from '#lib/protocol/events.ts'
import type { Money } from './cards/money.ts'
import type { Clock } from './time.ts'

/** What every part of the chat may use. */
export interface Chat {
  deskName: string
  clock: Clock
  /** Writes an amount of money. */
  money: Money
  /** Sends the visitor's words and files, or answers a ping. */
  say: (text: string, attachments?: readonly Attachment[]) => void
  /** Sends a file for a message to name. Rejects with an error that has words for the visitor. */
  upload: (file: File, signal: AbortSignal) => Promise<Attachment>
  /** Where a file of the session can be seen, once that is known. */
  fileUrl: (id: string) => string | undefined
  /** Carries out any other wish. False, after a word to the visitor, when it could not be done. */
  act: (action: Exclude<Action, { type: 'message' }>) => Promise<boolean>
  /** Proves who the visitor is: the receipt says what became of it. Rejects, as those below, with an error that has words for the visitor. */
  signIn: (email: string, pin: string) => Promise<Receipt>
  /** Decides what the visitor was asked to approve; the token is the door's, for this visitor alone. */
  approve: (request: Pick<ApprovalRequest, 'approval_id'> & { token?: string }, decision: 'approve' | 'reject') => Promise<Receipt>
  /** Takes back what was approved. */
  undo: (effectId: string) => Promise<Receipt>
  /** Begins to say the last message in other words. */
  edit: (message: StoredMessage) => void
  /** There is a model that would answer otherwise the next time. */
  regenerates: boolean
  /** Tells the visitor something in passing. */
  notify: (text: string) => void
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
