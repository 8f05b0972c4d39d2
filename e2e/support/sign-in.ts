/** A customer of the demo shop. */
export const alice = { email: 'alice@example.com', pin: '1234', name: 'Alice Warren' }
/** What a desk is started with that only this machine reaches and that asks for tokens all the same. */
export const asksForTokens = { OPEN_SESSIONS: 'false' }

export interface Answered {
  status: number
  retryAfter: number
  body: {
    session_id: string
    session_token: string
    response?: string
    is_authenticated?: boolean
    history?: Array<{ content: string }>
    customer?: { customer_id: string; name: string } | null
    customer_info?: { name: string } | null
    approval?: { approval_id: string; code: string }
    error?: { code: string; message: string }
  }
}

/** Speaks HTTP to a desk; `token` opens the session that a request is about. */
export async function speak(url: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answered> {
  const response = await fetch(`${url}${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', ...headers },
  })
  const retryAfter = Number(response.headers.get('retry-after') ?? 0)
  return { status: response.status, retryAfter, body: (await response.json()) as Answered['body'] }
}

export const as = (token: string) => ({ 'x-session-token': token })
