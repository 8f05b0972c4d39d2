/** A visitor of a desk who has nothing but HTTP, as a program of the original service has. */

export interface Answered {
  response: string
  session_id: string
  session_token?: string
  tool_calls: Array<{ name: string; status: string }> | null
  approval?: { approval_id: string; code: string; summary: string }
}

interface Looked {
  is_authenticated: boolean
  customer_info: { name: string } | null
  history: Array<{ content: string }>
}

export type Visitor = ReturnType<typeof createVisitor>

/** How long anything may take, in milliseconds: models think. */
const PATIENCE_MS = 60_000

/** Throws what is wrong with an answer, in a sentence. */
export function createVisitor(base: string) {
  let session: { id: string; token: string } | undefined

  async function post<T>(path: string, body: object): Promise<T> {
    const answer = await ask<T & { session_token?: string }>(path, { method: 'POST', body: JSON.stringify(body) }, session?.token)
    if (session && answer.session_token !== undefined) session = { ...session, token: answer.session_token }
    return answer
  }

  async function ask<T>(path: string, init: RequestInit, token: string | undefined): Promise<T> {
    const headers = { 'content-type': 'application/json', ...(token && { 'x-session-token': token }) }
    const response = await fetch(`${base}${path}`, { ...init, headers, signal: AbortSignal.timeout(PATIENCE_MS) })
    const body = (await response.json().catch(() => ({}))) as T & { detail?: string }
    if (!response.ok) throw new Error(`HTTP ${response.status}: ${body.detail ?? 'not the answer of a desk'}`)
    return body
  }

  const here = () => session ?? raise('there is no session')

  return {
    async begin(): Promise<string> {
      const { session_id, session_token } = await post<{ session_id: string; session_token: string }>('/api/session/new', {})
      session = { id: session_id, token: session_token }
      return session_id
    },

    /** Says something and waits for the answer. */
    say: (message: string) => post<Answered>('/api/chat', { message, session_id: here().id }),
    act: (action: object) => post<{ identity?: string; seq?: number }>(`/api/session/${here().id}/actions`, action),
    look: (token = here().token) => ask<Looked>(`/api/session/${here().id}`, {}, token),
    token: () => here().token,

    /** Whether the session opens for a token; '' for none. */
    opens: (token: string) =>
      ask(`/api/session/${here().id}`, {}, token).then(
        () => true,
        () => false,
      ),

    /** What is said in the session after a place in its log, once there is an answer of the assistant among it. */
    async answerAfter(seq: number): Promise<string> {
      for (let after = seq; ; ) {
        const page = await ask<Page>(`/api/session/${here().id}/events?after=${after}&wait=20`, {}, here().token)
        const answer = page.events.find(({ type, role }) => type === 'message' && role === 'assistant')
        if (answer) return String(answer.content)
        if (page.events.length === 0) raise('no answer came within 20 s')
        after = page.last_seq
      }
    },

    async lastSeq(): Promise<number> {
      return (await ask<Page>(`/api/session/${here().id}/events?after=0`, {}, here().token)).last_seq
    },
  }
}

interface Page {
  events: Array<{ type: string; role?: string; content?: string }>
  last_seq: number
}

export function raise(reason: string): never {
  throw new Error(reason)
}
