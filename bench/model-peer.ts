import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A model on this machine, in the format of OpenAI's chat completions: it says one text, at a pace, and knows when it said what. */

/** Sentences of the article on shipping: what rests on it is released, so all of it is. */
const SENTENCES = [
  'Standard shipping takes 3 to 5 business days to addresses in the 48 contiguous states.',
  'Standard shipping to Alaska and Hawaii takes 5 to 8 business days.',
  'Standard shipping to military APO and FPO addresses takes 10 to 15 business days.',
  'Harbor Computers counts shipping days from the day the parcel leaves the warehouse.',
]
const EVERY_MS = 5

/** One answer that is being given: when each of its tokens left, by its place. */
interface Speech {
  response: ServerResponse
  sent: number[]
  startedAt: number
}

export type ModelPeer = Awaited<ReturnType<typeof openModelPeer>>

/** Opens a peer that says the sentences so many times over, at so many tokens a second to each that asks. */
export async function openModelPeer({ tokensPerSecond, times }: { tokensPerSecond: number; times: number }) {
  const sentences = Array.from({ length: times }, () => SENTENCES).flat()
  const tokens = sentences.flatMap((sentence) => `${sentence} `.match(/\S+\s*/g) ?? [])
  const chunks = tokens.map((content) => chunkOf({ choices: [{ index: 0, delta: { content }, finish_reason: null }] }))
  const usage = { prompt_tokens: 200, completion_tokens: tokens.length, total_tokens: 200 + tokens.length }
  const end = `${chunkOf({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}${chunkOf({ choices: [], usage })}data: [DONE]\n\n`
  const speaking = new Set<Speech>()
  /** When the tokens of an answer left, by the number that its question carries. */
  const spoken = new Map<string, number[]>()

  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (piece) => (body += piece))
    request.on('end', () => {
      const [, number = ''] = /question (\d+)/.exec(JSON.stringify(JSON.parse(body).messages.at(-1))) ?? []
      const speech = { response, sent: [], startedAt: performance.now() }
      spoken.set(number, speech.sent)
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(chunkOf({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] }))
      speaking.add(speech)
    })
  })

  const timer = setInterval(() => {
    for (const speech of speaking) {
      const due = Math.floor(((performance.now() - speech.startedAt) * tokensPerSecond) / 1000)
      while (speech.sent.length < Math.min(due, chunks.length)) {
        speech.sent.push(performance.now())
        speech.response.write(chunks[speech.sent.length - 1])
      }
      if (speech.sent.length < chunks.length) continue
      speech.response.end(end)
      speaking.delete(speech)
    }
  }, EVERY_MS)

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    settings: { AI_BASE_URL: `http://127.0.0.1:${port}/v1`, AI_MODEL: 'peer', AI_PROVIDER: 'openai-compatible', EMBEDDING_MODEL: 'off' },
    tokens: tokens.length,
    /** Where each sentence ends, in characters of the text and in tokens. */
    ends: sentences.map((_, at) => {
      const text = sentences.slice(0, at + 1).join(' ')
      return { length: text.length, token: text.split(' ').length - 1 }
    }),
    spoken,
    close(): void {
      clearInterval(timer)
      server.closeAllConnections()
      server.close()
    },
  }
}

function chunkOf(more: object): string {
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1_760_000_000, model: 'peer', ...more })}\n\n`
}
