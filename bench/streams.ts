import type { WebSocket } from 'ws'
import type { Bench } from './compare.ts'
import { frontdesk, type Measured, r2 } from './measured-process.ts'
import { type ModelPeer, openModelPeer } from './model-peer.ts'
import { openSockets, pause } from './sockets.ts'
import { percentile } from './statistics.ts'

/** Many answers of a model at the same time, through the desk and through the AI SDK alone. */

const STREAMS = 100
/** Asked so often by each, one after the other; the first time warms up. */
const TIMES = 3

let asked = 0

/** When one reader had how much of an answer. */
interface Read {
  number: string
  sentAt: number
  /** Of each sentence, when its last character was there. */
  had: number[]
  endedAt: number
}

/** Asks one question over a socket, and notes when each sentence was there. */
export function readAnswer(socket: WebSocket, { ends }: ModelPeer): Promise<Read> {
  const number = String(++asked)
  return new Promise((resolve) => {
    const had: number[] = []
    let length = 0
    const sentAt = performance.now()
    const receive = (data: unknown) => {
      const frame = JSON.parse(String(data))
      if (frame.type === 'delta') {
        length += frame.text.length
        while (had.length < ends.length && length >= (ends[had.length]?.length ?? 0)) had.push(performance.now())
      } else if (frame.type === 'message' && frame.role === 'assistant') {
        socket.off('message', receive)
        resolve({ number, sentAt, had, endedAt: performance.now() })
      }
    }
    socket.on('message', receive)
    socket.send(JSON.stringify({ type: 'message', content: `How long does standard shipping take? question ${number}` }))
  })
}

async function measure(server: Measured, peer: ModelPeer): Promise<Record<string, number>> {
  const sockets = await openSockets(server.port, () => '/ws/chat', STREAMS)
  await pause(400)
  for (const socket of sockets) socket.send('{"type":"hello"}')
  await pause(400)
  const rounds = []
  for (let time = 0; time < TIMES; time += 1) rounds.push(await Promise.all(sockets.map((socket) => readAnswer(socket, peer))))
  for (const socket of sockets) socket.terminate()
  const reads = rounds.slice(1).flat()
  const delays = reads.map(({ number, had }) =>
    had.map((at, sentence) => at - (peer.spoken.get(number)?.[peer.ends[sentence]?.token ?? 0] ?? Number.NaN)),
  )
  if (delays.some(({ length }) => length !== peer.ends.length)) throw new Error(`${server.name} did not say all that the model said`)
  const seconds = rounds
    .slice(1)
    .map((round) => (Math.max(...round.map(({ endedAt }) => endedAt)) - Math.min(...round.map(({ sentAt }) => sentAt))) / 1000)
  const firsts = delays.map(([first = Number.NaN]) => first)
  return {
    'to the first sentence': percentile(
      reads.map(({ had: [at = Number.NaN], sentAt }) => at - sentAt),
      0.5,
    ),
    'first sentence p50': percentile(firsts, 0.5),
    'first sentence p99': percentile(firsts, 0.99),
    'any sentence p50': percentile(delays.flat(), 0.5),
    'tokens a second': (STREAMS * peer.tokens * seconds.length) / seconds.reduce((sum, one) => sum + one, 0),
  }
}

/** A bench with a peer of its own. */
function bench(id: string, pace: { tokensPerSecond: number; times: number }, gates: Bench['gates']): Bench {
  let peer: ModelPeer | undefined
  return {
    id,
    title: `${STREAMS} answers at the same time, ${pace.tokensPerSecond} tokens a second each`,
    unit: 'ms, 1/s',
    reference: r2,
    product: frontdesk,
    gates,
    async open() {
      peer = await openModelPeer(pace)
      return { settings: peer.settings, close: peer.close }
    },
    measure: (server) => measure(server, peer as ModelPeer),
  }
}

export const p10 = bench(
  'P-10',
  { tokensPerSecond: 50, times: 1 },
  {
    'first sentence p50': { atMost: 1.3, atMostMore: 10 },
    'to the first sentence': {},
    'first sentence p99': {},
  },
)
export const p11 = bench(
  'P-11',
  { tokensPerSecond: 200, times: 8 },
  {
    'any sentence p50': { atMostMore: 2 },
    'tokens a second': { atLeast: 0.9 },
  },
)
