import type { WebSocket } from 'ws'
import type { Origin } from '#lib/identity/origins.ts'
import type { Place } from '#lib/identity/places.ts'
import { looksLikeSiteToken } from '#lib/identity/site-token.ts'
import type { Hello, Receipt } from '#lib/protocol/actions.ts'
import { DeskError, isDeskError, toDeskError, verdict } from '#lib/protocol/errors.ts'
import { type Cursor, isStored, type LiveEvent } from '#lib/protocol/events.ts'
import { decodeFrame, encodeEvent, encodeFrame, errorFrame, type Inbound, type Notice, pongFrame } from '#lib/protocol/frames.ts'
import { ended } from '#lib/session/log.ts'
import { eventFor } from './approvals.ts'
import { asBare } from './bare.ts'
import { createBucket } from './bucket.ts'
import { type Admission, admitSite, admitted, readSiteToken } from './credentials.ts'
import type { House } from './house.ts'

/**
 * One socket and its session.
 *
 *   locked ──hello with a token──► greeted ──hello──► following (replay, then everything)
 *                                     └──300 ms or a first frame of another kind──► bare (answers only)
 *
 * Frames are dealt with one after the other. Whatever is sent goes through `send`, which ends a connection whose
 * reader does not keep up: it will come back and resume.
 */

/** A client that has not said hello by then is one of the original services' kind. */
const HELLO_MS = 300
/** A connection that needs a token and brings none is ended after this. */
const TOKEN_MS = 10_000
/** Bytes that may wait to be sent; beyond it the connection ends. */
const MAX_BUFFERED = 1024 * 1024
/** Bytes that may wait before the log is read on. */
const HIGH_WATER = 64 * 1024
/** How long a reader may take nothing at all, in milliseconds. */
const SLOW_MS = 5000
/** How long a client may take to answer the close frame, in milliseconds. */
const CLOSE_MS = 3000
/** Frames that may wait to be dealt with; beyond it the socket is not read. */
const MAX_PENDING = 32

export interface Arriving {
  origin: Origin
  name: string | undefined
  /** Undefined while the connection still has to show a token. */
  admission: Admission | undefined
  /** What it takes of its address, and once it is greeted of its session. */
  place: Place
}

interface Delivery {
  bare: boolean
  reader: Admission
  signal: AbortSignal
}

export function serveSocket(house: House, ws: WebSocket, { origin, name, admission, place }: Arriving): void {
  const frames = createBucket(house.settings.framesPerSecond)
  const id = house.newId()
  let session = admission
  /** Ends with the action that is being carried out: what it does to the session is then known here. */
  let acting: Promise<unknown> = Promise.resolve()
  let leave: (() => void) | undefined
  let follower: AbortController | undefined
  let saidHello = false
  /** The seq up to which this connection has been told the log. A receipt waits until its message is below it. */
  let delivered = 0
  let receipts: Array<{ seq: number; frame: string }> = []
  let pending = 0
  let work: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  ws.on('message', (data) => {
    // The connection is being ended; what a flooder still sends is not even counted.
    if (ws.readyState !== ws.OPEN) return
    const delay = frames.take()
    if (delay > 0) return end(new DeskError('rate_limited', 'Too many frames.'))
    pending += 1
    if (pending > MAX_PENDING) ws.pause()
    const text = data.toString()
    work = work.then(() => receive(text)).then(dealtWith)
  })
  ws.on('error', () => undefined) // Always followed by 'close'.
  ws.on('close', () => {
    clearTimeout(timer)
    follower?.abort()
    leave?.()
  })

  // Before any frame, however early it comes: the greeting is the first thing that a client reads.
  if (admission) work = greet(admission).catch(fail)
  else timer = setTimeout(() => end(new DeskError('unauthorized', 'No token was shown.')), TOKEN_MS)

  function dealtWith(): void {
    pending -= 1
    if (pending <= MAX_PENDING / 2 && ws.isPaused) ws.resume()
  }

  async function greet(admission: Admission): Promise<void> {
    const { ref, token } = admission
    place.join(ref.key)
    clearTimeout(timer)
    leave = house.presence.enter({ id, ref, transport: 'websocket', since: Date.now() })
    const { last_seq, mode } = await house.sessions.status(ref)
    delivered = last_seq
    session = admission
    const epoch = house.sessions.epochOf(ref)
    const made = token === undefined ? {} : { session_token: token }
    notify({ type: 'system', content: 'Connected', session_id: ref.name, ...made, epoch, last_seq, mode })
    timer = setTimeout(beginBare, HELLO_MS)
  }

  function beginBare(): void {
    clearTimeout(timer)
    if (!follower && session) follow({ after: delivered }, { deltas: false, bare: true }).catch(fail)
  }

  async function receive(text: string): Promise<void> {
    let frame: Inbound | undefined
    try {
      frame = decodeFrame(text)
      if (frame.type === 'hello') return await hello(frame)
      if (!session) throw new DeskError('unauthorized', 'Say hello with a token first.')
      beginBare()
      if (frame.type === 'ping') return notify(pongFrame(frame))
      const { actor, ref } = session
      const action = frame
      await carryOut(session, () => house.sessions.act(actor, ref, action))
    } catch (error) {
      const known = toDeskError(error)
      if (known.code === 'internal') house.log.error({ err: error, session: session?.ref.key }, 'a frame failed')
      const named = frame?.type === 'message' ? frame.client_msg_id : undefined
      notify(errorFrame(known, named))
      if (!session) end(known)
    }
  }

  async function hello({ token, epoch, after, deltas }: Hello): Promise<void> {
    clearTimeout(timer)
    const bySite = token !== undefined && looksLikeSiteToken(token)
    if (!session) {
      if (token === undefined) throw new DeskError('unauthorized', 'This session needs its token.')
      const access = bySite ? undefined : await house.access.resolve({ name, token, open: false })
      await greet(access ? admitted(house, origin, access) : await admitSite({ house, origin }, token, { name, make: true }))
      clearTimeout(timer)
    } else if (bySite) {
      const { ref } = session
      const { customer } = await readSiteToken(house, token)
      await carryOut(session, () => house.sessions.vouch(ref, customer))
    }
    saidHello = true
    const cursor = after === undefined ? undefined : { after, ...(epoch === undefined ? {} : { epoch }) }
    await follow(cursor, { deltas, bare: false })
  }

  /** Carries out an action as long as the connection may, and hands out the new token of one that replaces it. */
  async function carryOut({ tenure }: Admission, act: () => Promise<Receipt>): Promise<void> {
    if (!(await tenure.holds())) return end(ended())
    const done = act().then(async (receipt) => {
      const { identity } = receipt
      if (identity === 'verified' || identity === 'out') notify({ type: 'credential', session_token: await tenure.renew() })
      // Who signs out is told at once: the log is not read to its end any more.
      acknowledge(identity === 'out' ? { identity } : receipt)
    })
    acting = done.catch(() => undefined)
    await done
  }

  /** Begins to follow the log, in place of what was followed before; resolves when the client knows where it stands. */
  async function follow(cursor: Cursor | undefined, { deltas, bare }: { deltas: boolean; bare: boolean }): Promise<void> {
    if (!session) return
    follower?.abort()
    const abort = new AbortController()
    follower = abort
    const reader = session
    // The one who signs in goes on with the new token, once that is known here.
    const holds = () => acting.then(reader.tenure.holds)
    const following = await house.sessions.follow(reader.ref, { ...(cursor && { cursor }), deltas, holds, signal: abort.signal })
    const { start } = following
    if (abort.signal.aborted) return
    if (!bare) notify({ type: 'resumed', ...start })
    delivered = cursor && start.recovered ? cursor.after : cursor ? 0 : start.last_seq
    deliver(following, { bare, reader, signal: abort.signal }).catch((error) => acting.then(() => fail(error)))
  }

  async function deliver(events: AsyncIterable<LiveEvent>, { bare, reader, signal }: Delivery): Promise<void> {
    for await (const event of events) {
      // Another hello was said meanwhile: the rest of this page would run ahead of what that one replays.
      if (signal.aborted) return
      const told = eventFor(house, reader, event)
      const frame = bare ? asBare(told) : encodeEvent(told)
      if (frame !== undefined) await send(frame)
      if (signal.aborted) return
      if (isStored(event)) {
        delivered = event.seq
        flushReceipts()
      }
    }
  }

  function acknowledge(receipt: Receipt): void {
    if (!saidHello && receipt.client_msg_id === undefined) return
    const frame = encodeFrame({ type: 'ack', ...receipt })
    const { seq = 0 } = receipt
    if (seq <= delivered) send(frame).catch(fail)
    else receipts.push({ seq, frame })
  }

  function flushReceipts(): void {
    if (receipts.length === 0) return
    const due = receipts.filter(({ seq }) => seq <= delivered)
    receipts = receipts.filter(({ seq }) => seq > delivered)
    for (const { frame } of due) send(frame).catch(fail)
  }

  function notify(notice: Notice): void {
    send(encodeFrame(notice)).catch(fail)
  }

  /** Sends a frame; resolves at once while the reader keeps up, else when it has caught up. */
  async function send(frame: string): Promise<void> {
    if (ws.readyState !== ws.OPEN) return
    if (ws.bufferedAmount > MAX_BUFFERED) return end(new DeskError('slow_reader', 'The reader is too slow.'))
    if (ws.bufferedAmount < HIGH_WATER) return ws.send(frame)
    let slow: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      slow = setTimeout(() => end(new DeskError('slow_reader', 'The reader is too slow.')), SLOW_MS)
      ws.send(frame, () => resolve())
    })
    clearTimeout(slow)
  }

  function fail(error: unknown): void {
    if (!isDeskError(error)) house.log.error({ err: error, session: session?.ref.key }, 'a connection failed')
    end(toDeskError(error))
  }

  /** Ends the connection with the verdict that belongs to the error. */
  function end(error: DeskError): void {
    follower?.abort()
    ws.close(verdict(error.code).close ?? 1011, error.message.slice(0, 100))
    // Who reads nothing does not take the close frame either, and who floods does not stop for it.
    setTimeout(() => ws.terminate(), CLOSE_MS).unref()
  }
}
