import { TestSocket } from '../support/socket.ts'

/** Two ways to talk to the shop: over HTTP, and over a socket. */

export interface Answer {
  response: string
  session_id: string
  session_token?: string
  tool_calls: Array<{ name: string; status: string }> | null
  citations: unknown[]
  approval?: { approval_id: string; code: string; summary: string }
}

interface Card {
  kind: string
  order_id?: string
  status?: string
}

/** A client that only posts messages, and follows the token that it is given. */
export function httpClient(url: string) {
  let session: { session_id?: string } = {}
  let token: string | undefined
  return {
    async say(message: string): Promise<Answer> {
      const response = await fetch(`${url}/api/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { 'x-session-token': token } : {}) },
        body: JSON.stringify({ message, ...session }),
      })
      const answer = (await response.json()) as Answer
      if (!response.ok) throw new Error(`${response.status} to “${message}”: ${JSON.stringify(answer)}`)
      session = { session_id: answer.session_id }
      token = answer.session_token ?? token
      return answer
    },
    session: () => session.session_id ?? '',
  }
}

/** A client that follows the log over a socket, as the page does, and clicks. */
export async function socketClient(url: string) {
  const socket = new TestSocket(`${url}/ws/chat`)
  await socket.open()
  socket.send({ type: 'hello' })
  await socket.of('resumed')
  let sent = 0

  /** Says something; resolves with the whole answer and where the frames after it begin. */
  async function say(content: string) {
    const from = socket.frames.length
    const client_msg_id = `m${++sent}`
    socket.send({ type: 'message', content, client_msg_id })
    const { message_id } = await socket.frame((frame) => frame.type === 'ack' && frame.client_msg_id === client_msg_id, from)
    const answer = await socket.frame(
      (frame) => frame.role === 'assistant' && (frame.in_reply_to as string[] | undefined)?.includes(message_id as string) === true,
      from,
    )
    return { ...answer, content: String(answer.content), cards: (answer.cards ?? []) as Card[], citations: answer.citations, from }
  }

  /** What the visitor is asked to approve after an answer. */
  const asked = (from: number) => socket.of('approval_request', from)

  /** The visitor's own click; resolves with the message that tells how it ended. */
  async function click(from: number, decision: 'approve' | 'reject' = 'approve') {
    const { approval_id, token } = await asked(from)
    const after = socket.frames.length
    socket.send({ type: 'approval', approval_id, token, decision })
    const decided = await socket.of('approval', after)
    if (decision === 'reject') return { decided, content: '' }
    const told = await socket.frame((frame) => frame.role === 'assistant', after)
    return { decided, content: String(told.content), cards: told.cards as Card[] | undefined }
  }

  return { say, asked, click, socket, close: () => socket.close() }
}
