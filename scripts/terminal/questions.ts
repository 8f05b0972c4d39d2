import type { SessionState } from '#lib/protocol/state.ts'
import type { DeskClient } from '#lib/transport/client/desk-client.ts'

interface Open {
  /** Where the log ended when it was asked. */
  since: number
  /** The message's name in the log, once it stands there. */
  messageId: string | undefined
  settle: (refusal: string | undefined) => void
}

/** Knows which questions that were asked here wait for their answer. */
export function createQuestions(client: Pick<DeskClient, 'send' | 'discard' | 'snapshot' | 'subscribe'>) {
  const open = new Map<string, Open>()
  const asked = new Set<string>()
  let sending = false
  client.subscribe(check)

  function check(): void {
    const { log, unsent } = client.snapshot()
    for (const [id, question] of open) {
      const refusal = unsent.find(({ client_msg_id }) => client_msg_id === id)?.failed
      question.messageId ??= messageOf(log, id)
      if (refusal === undefined && !isAnswered(log, question)) continue
      open.delete(id)
      if (refusal !== undefined) client.discard(id)
      question.settle(refusal)
    }
  }

  return {
    /** Asks; resolves when the answer stands in the log, with the reason when the desk does not take the question. */
    ask(text: string): Promise<string | undefined> {
      const since = client.snapshot().log.seq
      sending = true
      client.send(text)
      sending = false
      const id = client.snapshot().unsent.at(-1)?.client_msg_id
      if (id === undefined) return Promise.resolve(undefined)
      asked.add(id)
      return new Promise((settle) => open.set(id, { since, messageId: undefined, settle }))
    },
    waiting: () => sending || open.size > 0,
    /** Whether a message was asked here. */
    isOwn: (clientMsgId: string | undefined) => clientMsgId !== undefined && asked.has(clientMsgId),
  }
}

function messageOf(log: SessionState, clientMsgId: string): string | undefined {
  for (const item of log.items) if (item.type === 'message' && item.client_msg_id === clientMsgId) return item.message_id
  return undefined
}

/** A question is answered when its message is no longer open. A reset takes the message itself out of sight. */
function isAnswered(log: SessionState, { messageId, since }: Open): boolean {
  if (messageId !== undefined) return !log.open.includes(messageId)
  return log.items.some((item) => item.type === 'session_reset' && item.seq > since)
}
