import type { Action, Receipt } from '#lib/protocol/actions.ts'
import type { Attachment } from '#lib/protocol/events.ts'
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

/** Sends an action by POST; `credential` hears of a new token before the receipt is given. A line that dies at whichever byte of the answer leaves open what became of the action: `offline`. */
export async function postAction(
  address: Address,
  action: Action,
  credential: (token: string) => void = () => undefined,
): Promise<Receipt> {
  const response = await fetch(sessionUrl(address, 'actions'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...credentials(address) },
    body: JSON.stringify(action.type === 'message' ? { ...action, content: action.text } : action),
    signal: AbortSignal.timeout(SEND_TIMEOUT),
  }).catch(() => {
    throw offline()
  })
  if (response.ok) {
    const receipt = (await response.json().catch(() => {
      throw offline()
    })) as Receipt & { session_token?: string }
    if (receipt.session_token !== undefined) credential(receipt.session_token)
    return receipt
  }
  throw await errorOf(response)
}

/** How long a file may take to be sent, in milliseconds. */
const FILE_TIMEOUT = 120_000

/** Sends a file of its session; a message may name it then. Rejects with a SendError. */
export async function postFile(address: Address, file: File, signal: AbortSignal): Promise<Attachment> {
  const response = await fetch(`${sessionUrl(address, 'files')}?${new URLSearchParams({ name: file.name })}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream', ...credentials(address) },
    body: file,
    signal: AbortSignal.any([signal, AbortSignal.timeout(FILE_TIMEOUT)]),
  }).catch(() => {
    throw offline()
  })
  if (!response.ok) throw await errorOf(response)
  return (await response.json().catch(() => {
    throw offline()
  })) as Attachment
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
