import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { wholeLog } from './logs.ts'
import { createFrameSender } from './malformed/frame-sender.ts'
import { createHttpSender } from './malformed/http-sender.ts'
import { oddBytes, sendBytes } from './malformed/raw-bytes.ts'
import { oddMcpRequest, oddRequest } from './malformed/requests.ts'
import { oddJson } from './malformed/values.ts'
import { smallKnowledge } from './small-knowledge.ts'

/**
 * R-40 of docs/guarantees.md. FUZZ_COUNT=100000 is the whole of it; a test run sends what fits. A run prints its
 * seed, and FUZZ_SEED repeats it.
 */
const COUNT = Number(process.env.FUZZ_COUNT ?? 12_000)
const SEED = Number(process.env.FUZZ_SEED ?? 40)
/** How the count is shared out. */
const HTTP = Math.round(COUNT * 0.4)
const MCP = Math.round(COUNT * 0.05)
const FRAMES = Math.round(COUNT * 0.52)
const BYTES = COUNT - HTTP - MCP - FRAMES
/** Senders at a time. */
const AT_ONCE = 24
/** The heap may not outgrow this, in MB: garbage has to be collected, and what is kept ends the process. */
const HEAP = 192
/** How much the process may grow, in MB, over what it is after its first answer. */
const GROWTH = 300

const session = 'here-before'

describe(`a desk that is sent ${COUNT} malformed requests and frames`, { timeout: 60_000 + COUNT * 20 }, () => {
  const knowledge = smallKnowledge()
  let desk: DeskProcess
  let before: unknown
  let resident: number
  const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${desk.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

  beforeAll(async () => {
    const limits = { RATE_LIMIT: 'off', RATE_LIMIT_FRAMES: '1000000', NODE_OPTIONS: `--max-old-space-size=${HEAP}` }
    desk = await startDesk({ ...limits, LOG_LEVEL: 'error', KNOWLEDGE_DIR: knowledge.path })
    await fetch(`${desk.url}/api/chat`, {
      method: 'POST',
      body: JSON.stringify({ message: 'How long does shipping take?', session_id: session }),
    })
    before = await wholeLog(desk.url, session)
    resident = memory()
    console.log(`R-40: seed ${SEED}: ${HTTP} requests, ${MCP} to the shop, ${FRAMES} frames, ${BYTES} connections of raw bytes`)
  }, 120_000)
  afterAll(async () => {
    await desk.dispose()
    knowledge.remove()
  })

  it('answers every request with a verdict in the one shape', async () => {
    const sender = createHttpSender(desk.url, AT_ONCE)
    const { paths } = (await (await fetch(`${desk.url}/openapi.json`)).json()) as { paths: Record<string, unknown> }
    const requests = fc.sample(oddRequest(Object.keys(paths)), { numRuns: HTTP, seed: SEED })
    expect(await faults(requests, sender.send)).toEqual([])
    console.log(`R-40: answered ${sender.tally()}`)
    sender.close()
  })

  it('answers every MCP client', async () => {
    const sender = createHttpSender(desk.url, AT_ONCE)
    expect(await faults(fc.sample(oddMcpRequest, { numRuns: MCP, seed: SEED }), sender.send)).toEqual([])
    console.log(`R-40: answered MCP clients ${sender.tally()}`)
    sender.close()
  })

  it('answers every frame, or ends the connection with a verdict', async () => {
    const frames = fc.sample(oddFrame, { numRuns: FRAMES, seed: SEED })
    const senders = Array.from({ length: 8 }, (_, index) => createFrameSender(desk.url, index % 2 ? '/ws/chat' : `/ws/odd-${index}`))
    const shares = senders.map((sender, index) => ({ sender, frames: batches(frames.filter((_, at) => at % senders.length === index)) }))
    const found = await Promise.all(shares.map(({ sender, frames }) => faults(frames, sender.send, 1)))
    expect(found.flat()).toEqual([])
    for (const sender of senders) sender.close()
  })

  it('outlives connections that speak anything but the protocol', async () => {
    const connections = fc.sample(oddBytes(new URL(desk.url).host), { numRuns: BYTES, seed: SEED })
    const found = await faults(connections, async (bytes) => {
      const answer = await sendBytes(desk.url, bytes)
      return /^HTTP\/1\.1 5(?!03)/m.test(answer) ? `${answer.slice(0, 200)} to ${bytes.toString('latin1').slice(0, 200)}` : undefined
    })
    expect(found).toEqual([])
  })

  it('reads no body beyond its limit, however it comes', async () => {
    const large = Buffer.alloc(10_000_000, 'x')
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(large.subarray(0, 65_536)) })
    for (const body of [large, endless]) {
      const sent = fetch(`${desk.url}/api/chat`, { method: 'POST', body, duplex: 'half' } as RequestInit)
      // The answer may be lost to a client that is still sending.
      const answer = await sent.catch(() => undefined)
      if (answer) expect(await answer.json()).toMatchObject({ error: { code: 'too_large', request_id: expect.any(String) } })
    }
  })

  it('is as well afterwards as before', async () => {
    expect((await fetch(`${desk.url}/health`)).status).toBe(200)
    expect(await wholeLog(desk.url, session)).toEqual(before)
    expect(
      desk
        .output()
        .split('\n')
        .filter((line) => /"level":(50|60)|unhandled|uncaught|⨯/i.test(line)),
    ).toEqual([])
    const grown = memory() - resident
    console.log(`R-40: the process grew by ${Math.round(grown)} MB`)
    expect(grown).toBeLessThan(GROWTH)
  })
})

const oddFrame: fc.Arbitrary<string | Buffer> = fc.oneof(
  { weight: 400, arbitrary: oddJson.filter((text) => text.trimStart().startsWith('{')) },
  { weight: 4, arbitrary: fc.constantFrom('"', '""', '/nonsense', '/', ' ', '\0', 'ping') },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.constantFrom(`{"message":"${'x'.repeat(64 * 1024)}"}`, 'x'.repeat(64 * 1024 + 1)) },
)

function batches<T>(items: T[], size = 40): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))
}

/** Sends everything, some at a time; resolves with the first few faults. */
async function faults<T>(items: T[], send: (item: T) => Promise<string | undefined>, atOnce = AT_ONCE): Promise<string[]> {
  const found: string[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length && found.length < 5) {
      const item = items[next++] as T
      const fault = await send(item)
      if (fault !== undefined) found.push(fault)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return found
}
