import type { Action, Receipt } from '#lib/protocol/actions.ts'
import { type Address, offline, SendError, type Verdict } from './transport.ts'

/** The requests that transports without a socket are made of. */

/** How long an action may take, in milliseconds. */
const SEND_TIMEOUT = 15_000

export function sessionUrl({ base, sessionId }: Address, path: string): string {
  return `${base}/api/session/${encodeURIComponent(sessionId)}/${path}`
}

export function credentials({ token }: Address): Record<string, string> {
  return token === undefined ? {} : { 'x-session-token': token }
}

/** Sends an action by POST. A line that dies at whichever byte of the answer leaves open what became of the action: `offline`. */
export async function postAction(address: Address, action: Action): Promise<Receipt> {
  const response = await fetch(sessionUrl(address, 'actions'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...credentials(address) },
    body: JSON.stringify(action.type === 'message' ? { ...action, content: action.text } : action),
    signal: AbortSignal.timeout(SEND_TIMEOUT),
  }).catch(() => {
    throw offline()
  })
  if (response.ok) {
    return (await response.json().catch(() => {
      throw offline()
    })) as Receipt
  }
  throw await errorOf(response)
}

/** What a refused request says, whoever refused it. */
async function errorOf(response: Response): Promise<SendError> {
  const body = (await response.json().catch(() => undefined)) as
    | { error?: { code: string; message: string; retryable: boolean } }
    | undefined
  const { code, message, retryable } = body?.error ?? {
    code: 'http',
    message: `HTTP ${response.status}`,
    retryable: response.status >= 500,
  }
  return new SendError(code, message, retryable)
}

export function verdictOf({ status }: Response): Verdict {
  if (status === 401 || status === 404) return 'refused'
  return status === 403 || status === 421 ? 'forbidden' : 'retry'
}
