import { expect, vi } from 'vitest'
import type { Action, Receipt } from '#lib/protocol/actions.ts'
import type { StoredMessage } from '#lib/protocol/events.ts'
import type { Shelf } from './outbox.ts'
import type { Listener, Transport } from './transport.ts'

/** What the tests of the client share. */

/** A transport whose other end is the test. */
export interface FakeTransport extends Transport {
  /** How many lines were opened, ended by their owner, and checked. */
  opened: number
  ended: number
  checked: number
  sent: Action[]
  /** The listener of the line that was opened last. */
  latest: Listener
}

export function fakeTransport(name: Transport['name'], receipt: (action: Action) => Promise<Receipt> = async () => ({})): FakeTransport {
  const fake: Omit<FakeTransport, 'latest'> & { latest?: Listener } = {
    name,
    opened: 0,
    ended: 0,
    checked: 0,
    sent: [],
    open(_address, _position, listener) {
      fake.opened += 1
      fake.latest = listener
      return {
        send(action) {
          fake.sent.push(action)
          return receipt(action)
        },
        check: () => {
          fake.checked += 1
        },
        close: () => {
          fake.ended += 1
        },
      }
    },
  }
  return fake as FakeTransport
}

/** A shelf that several tabs share: each hears of what the others change, and not of its own changes. */
export function sharedShelf() {
  const texts = new Map<string, string>()
  const tabs = new Set<(key: string) => void>()
  function tab(): Shelf {
    let own: ((key: string) => void) | undefined
    const tell = (key: string) => {
      for (const listener of tabs) if (listener !== own) listener(key)
    }
    return {
      getItem: (key) => texts.get(key) ?? null,
      setItem(key, value) {
        texts.set(key, value)
        tell(key)
      },
      removeItem(key) {
        if (texts.delete(key)) tell(key)
      },
      subscribe(listener) {
        own = listener
        tabs.add(listener)
        return () => tabs.delete(listener)
      },
    }
  }
  return { texts, tab }
}

export function visitorMessage(seq: number, content: string, client_msg_id: string): StoredMessage {
  return {
    type: 'message',
    message_id: `m${seq}`,
    role: 'visitor',
    content,
    message: content,
    status: 'complete',
    client_msg_id,
    seq,
    session_id: 's',
    timestamp: '2026-01-01T00:00:00.000Z',
  } as StoredMessage
}

interface Asked {
  url: URL
  headers: Record<string, string>
}

/** Puts the test at the other end of `fetch`: requests for the log wait for its answer, actions get a receipt. */
export function fakeFetch() {
  const actions: Action[] = []
  let receipt: object = {}
  let broken = false
  let open: { asked: Asked; signal: AbortSignal; resolve: (response: Response) => void; reject: (reason: unknown) => void } | undefined
  let signal: AbortSignal | undefined

  vi.stubGlobal('fetch', (address: string, options: RequestInit & { signal: AbortSignal }) => {
    const url = new URL(address, 'http://page.test')
    if (url.pathname.endsWith('/actions')) {
      actions.push(JSON.parse(String(options.body)))
      return Promise.resolve(receiptOf(receipt))
    }
    if (broken) return Promise.reject(new TypeError('fetch failed'))
    signal = options.signal
    return new Promise<Response>((resolve, reject) => {
      open = { asked: { url, headers: options.headers as Record<string, string> }, signal: options.signal, resolve, reject }
      options.signal.addEventListener('abort', () => reject(options.signal.reason))
    })
  })

  return {
    actions,
    receipt: (answer: object) => {
      receipt = answer
    },
    /** The request for the log that waits for an answer, once there is one. */
    async request(): Promise<Asked> {
      if (!open) await vi.waitFor(() => expect(open).toBeDefined())
      return (open as NonNullable<typeof open>).asked
    },
    waiting: () => open !== undefined,
    signal: () => signal as AbortSignal,
    answer(response: Response): void {
      open?.resolve(response)
      open = undefined
    },
    /** The network is gone, for now and from now on. */
    fail(): void {
      broken = true
      open?.reject(new TypeError('fetch failed'))
      open = undefined
    },
  }
}

function receiptOf(answer: object): Response {
  if (!('refused' in answer)) return Response.json(answer)
  const { refused, retryable } = answer as unknown as { refused: string; retryable: boolean }
  return Response.json({ error: { code: 'why', message: refused, retryable }, detail: refused }, { status: 409 })
}
