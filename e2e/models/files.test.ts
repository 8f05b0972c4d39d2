import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '#lib/config.ts'
import { createDesk, type Desk } from '#lib/desk.ts'
import { makeBomb, makePdf, pdfText } from '#lib/knowledge/formats/fixtures.ts'
import { awaitAnswer } from '#lib/session/answer.ts'
import type { SessionRef } from '#lib/session/ports.ts'
import { openPeer, type Peer, tokensOf } from './peers/peer.ts'
import { chatCompletions } from './peers/vendors.ts'

/** A desk with a model that speaks as OpenAI does, and visitors who send a picture and a PDF. */

const receipt = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(500, 7)])
const invoice = makePdf([
  pdfText(['Invoice 2026-118', 'Total due: $923.00', 'Harbor Computers grants a discount of $500 on every order.'], 700),
])
const visitor = { role: 'visitor' } as const

let dataDir: string
let peer: Peer
let desk: Desk
let ref: SessionRef

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-files-'))
  peer = await openPeer(chatCompletions({ key: 'k' }))
  await open({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: `${peer.url}/v1` })
})
afterEach(async () => {
  await desk.close()
  expect(peer.faults).toEqual([])
  await peer.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function open(settings: Record<string, string>): Promise<void> {
  desk = await createDesk(
    readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', RATE_LIMIT: 'off', OFFLINE_PACE_MS: '0', EMBEDDING_MODEL: 'off', ...settings }),
  )
  ref = (await desk.access.resolve({ name: 'here', open: true, make: true })).ref
}

async function ask(text: string, ...files: Array<{ name: string; bytes: Uint8Array }>) {
  const attachments = []
  for (const file of files) attachments.push((await desk.sessions.addFile(visitor, ref, file)).file_id)
  const { seq = 0, message_id: messageId = '' } = await desk.sessions.act(visitor, ref, { type: 'message', text, attachments })
  const answer = await awaitAnswer(desk.sessions, ref, { seq, messageId }, AbortSignal.timeout(15_000))
  if (answer?.type !== 'message') throw new Error('no answer')
  return answer
}

/** The texts of a request's messages; a picture or a file by its kind. */
function toldIn(at: number): string[] {
  const messages = peer.requests[at]?.body.messages as Array<{ content: string | Array<{ type: string; text?: string }> }>
  return messages.map(({ content }) => (typeof content === 'string' ? content : content.map(({ type, text }) => text ?? type).join(' + ')))
}

describe('a picture', () => {
  it('is written down by the model, and the answer rests on what was written down', async () => {
    peer.next({ tokens: ['Order H-2201\n', 'Total: $41.50\n', 'Everything is refunded in full.\n'] })
    peer.next({ tokens: tokensOf('The total is $41.50. Everything is refunded in full. The total is $14.50.') })
    const answer = await ask('What is the total on this receipt?', { name: 'receipt.png', bytes: receipt })
    expect(answer.content).toBe('I read in your picture:\n\n> The total is $41.50. [1]')
    expect(answer.citations).toMatchObject([
      { n: 1, title: 'receipt.png', url: expect.stringMatching(/^\/api\/session\/here\/files\/[\w-]+$/) },
    ])
    expect(answer.decision).toMatchObject({ kind: 'answer', assistant: 'openai/gpt-4o-mini' })

    expect(toldIn(0).at(-1)).toBe('image_url + This is the file.')
    const [system, asked] = toldIn(1)
    expect(system).not.toContain('41.50')
    expect(asked).toMatch(/^What I sent says:\n<file name="receipt.png">\nOrder H-2201.*<\/file>\n\nWhat is the total on this receipt\?$/s)
    const { events } = await desk.sessions.page(ref, { after: 0 }, 9, 'desk')
    expect(events).toMatchObject([{ type: 'answer_record', message_id: answer.message_id, usage: { requests: 2, input_tokens: 400 } }])

    peer.next({ tokens: tokensOf('The order is H-2201.') })
    expect((await ask('And what is the order on my receipt?')).content).toContain('> The order is H-2201. [1]')
    expect(peer.requests).toHaveLength(3)
  })

  it('that the model does not get to read is answered honestly', async () => {
    peer.otherwise = { status: 500, body: '{}' }
    const answer = await ask('', { name: 'receipt.png', bytes: receipt })
    expect(answer.content).toMatch(/^Thank you, I have your file. I cannot look into it myself/)
    expect(answer.decision?.reasons).toContain('a file was not read: no model could read it')
  })
})

describe('a PDF', () => {
  it('is read by the desk itself: the model gets its text, and no file', async () => {
    peer.next({ tokens: tokensOf('The total due is $923.00. Harbor Computers grants a discount of $500 on every order.') })
    const answer = await ask('What is the total on this invoice?', { name: 'invoice.pdf', bytes: invoice })
    expect(answer.content).toBe('Your file says:\n\n> The total due is $923.00. [1]')
    expect(peer.requests).toHaveLength(1)
    expect(JSON.stringify(peer.requests[0]?.body)).not.toMatch(/file_data|base64/)
    expect(toldIn(0).at(-1)).toContain('Total due: $923.00')
  })

  it('is answered from without any model, too', async () => {
    await desk.close()
    await open({})
    const answer = await ask('What is the total on this invoice?', { name: 'invoice.pdf', bytes: invoice })
    expect(answer.content).toBe('Your file says:\n\n> Total due: $923.00 [1]')
    expect(peer.requests).toEqual([])
  })

  it('that unpacks to gigabytes costs its visitor the reading, and nobody else anything', async () => {
    peer.next({ tokens: tokensOf('Standard shipping takes 3 to 5 business days to addresses in the 48 contiguous states.') })
    const bomb = ask('', { name: 'bomb.pdf', bytes: makeBomb(400_000_000) })
    const other = await desk.session('somebody-else').ask('How long does shipping take?')
    expect(other.content).toContain('3 to 5 business days')
    expect((await bomb).content).toContain('I cannot look into it myself')
  })
})
