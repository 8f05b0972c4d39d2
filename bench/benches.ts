import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WebSocket } from 'ws'
import type { Bench } from './compare.ts'
import { frontdesk, type Measured, r0, r1 } from './measured-process.ts'
import { openSocket, openSockets, pause } from './sockets.ts'
import { percentile } from './statistics.ts'
import { p10, p11 } from './streams.ts'

/** The measurements of docs/guarantees.md that compare with a reference program. */

const PAYLOAD = 'x'.repeat(200)
const isDesk = (server: Measured) => server.name === frontdesk.name

/** Milliseconds from sending each frame until one comes back that answers it, one after the other. */
async function roundTrips(
  socket: WebSocket,
  frame: (index: number) => string,
  isAnswer: (text: string) => boolean,
  count: number,
): Promise<number[]> {
  const times: number[] = []
  await new Promise<void>((resolve) => {
    let sentAt = 0
    const next = () => {
      if (times.length === count) return resolve()
      sentAt = performance.now()
      socket.send(frame(times.length))
    }
    socket.on('message', (data) => {
      if (!isAnswer(String(data))) return
      times.push(performance.now() - sentAt)
      next()
    })
    next()
  })
  return times
}

const p01: Bench = {
  id: 'P-01',
  title: 'a frame that is not stored, there and back',
  unit: 'ms',
  reference: r0,
  product: frontdesk,
  gates: { p50: { atMost: 1.5 }, p99: { atMost: 2 } },
  async measure(server) {
    const socket = await openSocket(server.port, '/ws/chat')
    await pause(400)
    const frame = JSON.stringify({ type: 'ping', pad: PAYLOAD })
    const isAnswer = (text: string) => text.includes(isDesk(server) ? '"pong"' : PAYLOAD)
    await roundTrips(socket, () => frame, isAnswer, 1000)
    socket.removeAllListeners('message')
    const times = await roundTrips(socket, () => frame, isAnswer, 4000)
    socket.close()
    return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) }
  },
}

const p02: Bench = {
  id: 'P-02',
  title: 'a durable message until its acknowledgement (the desk answers each before the next)',
  unit: 'ms',
  reference: r1,
  product: frontdesk,
  gates: { p50: { atMost: 1.5 }, p99: { atMost: 2 } },
  // Most of it is one sync of the disk, whose time drifts by more than what is compared: message by message, both
  // meet the same disk and the same caches.
  async measureBoth(desk, reference) {
    const servers = [
      { socket: await openSocket(desk.port, '/ws/chat'), answers: true, times: [] as number[] },
      { socket: await openSocket(reference.port, '/ws/chat'), answers: false, times: [] as number[] },
    ] as const
    await pause(400)
    for (let index = 0; index < 1500; index += 1) {
      for (const { socket, answers, times } of index % 2 ? servers : servers.toReversed()) {
        times.push(await acknowledged(socket, index, answers))
        await pause(1)
      }
    }
    const [ours, theirs] = servers.map(({ socket, times }) => {
      socket.close()
      const counted = times.slice(500)
      return { p50: percentile(counted, 0.5), p99: percentile(counted, 0.99) }
    })
    if (!ours || !theirs) throw new Error('two servers have two results')
    return [ours, theirs]
  },
}

/** Milliseconds until a message is acknowledged; resolves when the desk has also answered it. */
function acknowledged(socket: WebSocket, index: number, answers: boolean): Promise<number> {
  return new Promise((resolve) => {
    let acked = Number.NaN
    const sentAt = performance.now()
    const receive = (data: unknown) => {
      const text = String(data)
      if (text.includes('"ack"')) acked = performance.now() - sentAt
      const done = answers ? text.includes('"assistant"') && !Number.isNaN(acked) : true
      if (!done || Number.isNaN(acked)) return
      socket.off('message', receive)
      resolve(acked)
    }
    socket.on('message', receive)
    socket.send(JSON.stringify({ message: `Hello ${PAYLOAD}`, client_msg_id: `m-${index}` }))
  })
}

const SOCKETS = 1000
const BROADCASTS = 20

/** Deliveries per second when many broadcasts go to many sockets. */
async function deliveries(sockets: WebSocket[], isBroadcast: (text: string) => boolean, send: (index: number) => void): Promise<number> {
  const began = performance.now()
  const expected = sockets.length * BROADCASTS
  await new Promise<void>((resolve) => {
    let count = 0
    for (const socket of sockets) {
      socket.on('message', (data) => {
        if (!isBroadcast(String(data))) return
        count += 1
        if (count === expected) resolve()
      })
    }
    for (let index = 0; index < BROADCASTS; index += 1) send(index)
  })
  return expected / ((performance.now() - began) / 1000)
}

const p04: Bench = {
  id: 'P-04',
  title: `fan-out to ${SOCKETS} sockets`,
  unit: '1/s',
  reference: r0,
  product: frontdesk,
  gates: { 'one session': { atLeast: 0.7 }, 'every session': {} },
  async measure(server) {
    if (!isDesk(server)) {
      const sockets = await openSockets(server.port, () => '/', SOCKETS)
      const rate = await deliveries(
        sockets,
        (text) => text.startsWith('*'),
        () => sockets[0]?.send(`*${PAYLOAD}`),
      )
      for (const socket of sockets) socket.terminate()
      return { 'one session': rate, 'every session': rate }
    }
    return { 'one session': await oneSession(server), 'every session': await everySession(server) }
  },
}

/** All sockets follow one session, in which one of them says something again and again. */
async function oneSession(server: Measured): Promise<number> {
  const sockets = await openSockets(server.port, () => '/ws/one-for-all', SOCKETS)
  for (const socket of sockets) socket.send('{"type":"hello","deltas":false}')
  await pause(1500)
  const frame = JSON.stringify({ type: 'typing', is_typing: true, pad: PAYLOAD })
  const rate = await deliveries(
    sockets,
    (text) => text.includes('"typing"'),
    () => sockets[0]?.send(frame),
  )
  for (const socket of sockets) socket.terminate()
  return rate
}

/** Every socket has a session of its own, and the owner tells something to all: stored in each, then delivered. */
async function everySession(server: Measured): Promise<number> {
  const sockets = await openSockets(server.port, () => '/ws/chat', SOCKETS)
  await pause(1500)
  const key = readFileSync(join(server.dataDir, 'secrets', 'admin-key'), 'utf8').trim()
  const tell = () =>
    fetch(`http://127.0.0.1:${server.port}/api/broadcast`, {
      method: 'POST',
      headers: { 'x-api-key': key },
      body: JSON.stringify({ message: PAYLOAD }),
    })
  const rate = await deliveries(
    sockets,
    (text) => text.includes(PAYLOAD),
    () => void tell(),
  )
  for (const socket of sockets) socket.terminate()
  return rate
}

const IDLE = 4000

const p06: Bench = {
  id: 'P-06',
  title: `memory of an idle socket (${IDLE} of them)`,
  unit: 'KB',
  reference: r0,
  product: frontdesk,
  gates: { 'per socket': { atMost: 2 } },
  async measure(server) {
    await pause(500)
    const before = await server.memory()
    const sockets = await openSockets(server.port, () => '/ws/chat', IDLE)
    await pause(1500)
    const after = await server.memory()
    for (const socket of sockets) socket.terminate()
    return { 'per socket': (after - before) / IDLE / 1024 }
  },
}

export const benches: Bench[] = [p01, p02, p04, p06, p10, p11]
