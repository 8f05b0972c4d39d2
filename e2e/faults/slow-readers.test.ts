import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { type Frame, TestSocket } from '../support/socket.ts'
import { wholeLog } from './logs.ts'
import { smallKnowledge } from './small-knowledge.ts'

/**
 * of docs/guarantees.md, small: readers that ask for a log of several megabytes, far more than any
 * kernel keeps for them, and then stop reading.
 */
const READERS = 10
const MESSAGES = 400
/** One message, in characters: the log is MESSAGES times as large. */
const SIZE = 15_900
/** A stuck reader looks again after this, in milliseconds: the desk ends it at 5 s and keeps the verdict for 3 s more. */
const LOOK_MS = 6500
/** The greatest growth of the process, in MB. */
const GROWTH = 150

const session = 'a-long-log'
const knowledge = smallKnowledge()
afterAll(knowledge.remove)

describe('readers that stop reading', { timeout: 180_000 }, () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk({ RATE_LIMIT: 'off', RATE_LIMIT_FRAMES: '1000000', KNOWLEDGE_DIR: knowledge.path })
    await writeLog(desk.url)
  }, 180_000)
  afterAll(() => desk.dispose())
  const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${desk.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

  it('are ended, cost a bounded amount, hold up nobody, and take up where they were', async () => {
    const other = new TestSocket(`${desk.url}/ws/chat`)
    await other.of('system')
    const before = memory()
    const sockets = await Promise.all(Array.from({ length: READERS }, () => stuckSocket(desk.url)))
    const streams = Array.from({ length: READERS }, () => stuckStream(desk.url))
    let highest = before
    const waits: number[] = []
    const watch = setInterval(() => {
      highest = Math.max(highest, memory())
      void pong(other).then((ms) => waits.push(ms))
    }, 100)
    const ends = await Promise.all(sockets.map(({ ended }) => ended))
    clearInterval(watch)
    waits.sort((a, b) => a - b)
    const told = ends.filter(({ code }) => code === 4029).length
    console.log(
      `slow readers: ${READERS} sockets and ${READERS} streams: grew by ${Math.round(highest - before)} MB; ` +
        `${told} were told 4029, ${ends.length - told} ended without; others' ping p50 ${waits[waits.length >> 1]?.toFixed(1)} ms`,
    )
    // Who looks again too late finds the line ended (1006), who looks in time finds why.
    for (const { code } of ends) expect([4029, 1006]).toContain(code)
    expect(told).toBeGreaterThan(0)
    expect(highest - before).toBeLessThan(GROWTH)
    expect(waits.length).toBeGreaterThan(10)

    const log = await wholeLog(desk.url, session)
    for (const { last } of ends.slice(0, 3)) expect(await resume(desk.url, last, log.length)).toEqual(log.slice(last).map(({ seq }) => seq))
    for (const stream of streams) stream.destroy()
    other.close()
  })
})

/** Fills a log, a few messages at a time. */
async function writeLog(url: string): Promise<void> {
  const socket = new TestSocket(`${url}/ws/${session}`)
  await socket.of('system')
  const text = 'x'.repeat(SIZE)
  for (let count = 0; count < MESSAGES; count += 10) {
    for (let index = 0; index < 10; index += 1) socket.send({ message: `/whoami ${text}`, client_msg_id: `m-${count + index}` })
    await socket.frame(({ type, client_msg_id }) => type === 'ack' && client_msg_id === `m-${count + 9}`)
  }
  socket.close()
}

/** A socket that asks for the whole log and reads nothing of it for a while; resolves with its end and how far it read. */
async function stuckSocket(url: string) {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws/${session}`)
  await new Promise((resolve) => socket.once('open', resolve))
  let last = 0
  socket.on('error', () => undefined)
  socket.on('message', (data) => {
    const { type, seq } = JSON.parse(String(data)) as Frame
    if (type === 'message' || type === 'command_response') last = Number(seq)
  })
  socket.send('{"type":"hello","after":0}')
  socket.pause()
  setTimeout(() => socket.resume(), LOOK_MS)
  const ended = new Promise<{ code: number; last: number }>((resolve) => socket.once('close', (code) => resolve({ code, last })))
  return { ended }
}

/** An event stream of which nothing is read. */
function stuckStream(url: string): Socket {
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(`GET /api/session/${session}/events HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n\r\n`)
  return socket.pause().on('error', () => undefined)
}

async function pong(socket: TestSocket): Promise<number> {
  const from = socket.frames.length
  const began = performance.now()
  socket.send('ping')
  await socket.of('pong', from)
  return performance.now() - began
}

/** The numbers that a reader is told from where it was to the end. */
async function resume(url: string, after: number, end: number): Promise<number[]> {
  const socket = new TestSocket(`${url}/ws/${session}`)
  await socket.open()
  socket.send({ type: 'hello', after })
  await socket.frame((frame) => frame.seq === end)
  socket.close()
  return socket.frames.flatMap(({ seq }) => (typeof seq === 'number' ? [seq] : []))
}
