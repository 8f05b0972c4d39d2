import { afterEach, describe, expect, test } from 'vitest'
import type { Release } from '../../../scripts/fake-odoo/dialect.ts'
import { CHANNEL_ID, type FakeOdoo, startFakeOdoo } from '../../../scripts/fake-odoo/server.ts'
import { type Conversation, type ConversationEvent, openConversation, resumeConversation } from './conversation.ts'
import { hasChannel, isAnybodyOnline, readSnippet, releaseOf } from './probe.ts'
import { createRpc } from './rpc.ts'

/** A visitor in conversations with a stand-in that speaks the dialects of three releases. */

const releases: Release[] = [17, 18, 19]
const soon = <T>(look: () => T) => expect.poll(look, { interval: 5, timeout: 8000 })
const quiet = { debug() {}, info() {}, warn() {}, error() {} }

let odoo: FakeOdoo
let conversation: Conversation | undefined
let heard: ConversationEvent[]

afterEach(async () => {
  conversation?.close()
  conversation = undefined
  await odoo.close()
})

const deps = (release: Release) => ({
  rpc: createRpc({ base: odoo.base, timeoutMs: 2000 }),
  release,
  pollMs: 20,
  inTurn: <T>(work: () => Promise<T>) => work(),
  random: () => 0,
  log: quiet,
})

const [olivia, oscar] = [() => odoo.chat.operators[0] ?? expect.fail(), () => odoo.chat.operators[1] ?? expect.fail()]

/** Opens a conversation with Olivia and waits until it is listened to. */
async function begin(release: Release): Promise<Conversation> {
  odoo = await startFakeOdoo({ release })
  odoo.chat.present(olivia(), true)
  const memory = await openConversation(deps(release), { channelId: CHANNEL_ID, visitor: 'Alice (web chat)' })
  heard = []
  conversation = resumeConversation(deps(release), memory ?? expect.fail('nobody is there'), (event) => heard.push(event))
  await soon(() => odoo.listening()).toBe(1)
  return conversation
}
const channel = () => [...odoo.chat.channels.values()].at(-1) ?? expect.fail('no conversation')
const told = () => heard.filter(({ kind }) => kind !== 'line' && kind !== 'presence')
const words = () => heard.flatMap((event) => (event.kind === 'message' ? [event.text] : []))
const inOdoo = () => channel().messages.map(({ html }) => html)

describe.each(releases)('with Odoo %i', (release) => {
  test('it is known what is there before anything is opened', async () => {
    odoo = await startFakeOdoo({ release })
    const { rpc } = deps(release)
    expect(await releaseOf(rpc)).toBe(release)
    expect([await hasChannel(rpc, CHANNEL_ID), await hasChannel(rpc, 99)]).toEqual([true, false])
    expect(await isAnybodyOnline(rpc, CHANNEL_ID)).toBe(false)
    expect(await openConversation(deps(release), { channelId: CHANNEL_ID, visitor: 'Alice' })).toBeUndefined()
    odoo.chat.present(olivia(), true)
    expect([await isAnybodyOnline(rpc, CHANNEL_ID), await isAnybodyOnline(rpc, 99)]).toEqual([true, false])
    expect(odoo.chat.channels.size).toBe(0)
  })

  test('a conversation goes both ways', async () => {
    const { say, typing, memory } = await begin(release)
    expect(memory).toMatchObject({ state: 'waiting', operator: olivia().id })
    expect(channel().guest.name).toBe('Alice (web chat)')
    await say('Hello <b>you</b>\n& all')
    expect(inOdoo()).toEqual(['<p>Hello &lt;b&gt;you&lt;/b&gt;<br/>&amp; all</p>'])
    odoo.chat.type(channel(), olivia(), true)
    odoo.chat.say(channel(), olivia(), '<p>Hi <b>Alice</b></p>')
    await soon(words).toEqual(['Hi **Alice**'])
    await typing(true)
    expect(memory.state).toBe('active')
    expect(told()).toEqual([
      { kind: 'typing', by: 'Olivia', isTyping: true },
      { kind: 'message', id: expect.any(Number), by: 'Olivia', text: 'Hi **Alice**', files: [] },
    ])
  })

  test('a remark among colleagues stays among them', async () => {
    await begin(release)
    odoo.chat.say(channel(), olivia(), '<p>difficult customer</p>', 'note')
    odoo.chat.say(channel(), olivia(), '<p>One moment</p>')
    await soon(words).toEqual(['One moment'])
    expect(JSON.stringify(heard)).not.toContain('difficult')
  })

  test('what is edited and what is taken back is told', async () => {
    await begin(release)
    const { id } = odoo.chat.say(channel(), olivia(), '<p>Monday</p>')
    await soon(words).toEqual(['Monday'])
    odoo.chat.change(channel(), id, '<p>Tuesday</p>')
    odoo.chat.change(channel(), id, '')
    await soon(() => told().slice(1)).toEqual([
      { kind: 'changed', id, text: 'Tuesday' },
      { kind: 'changed', id, text: undefined },
    ])
  })

  test('who joins and who leaves is told, and the end as far as there is one', async () => {
    const { memory, say } = await begin(release)
    odoo.chat.join(channel(), oscar())
    odoo.chat.leave(channel(), oscar())
    odoo.chat.leave(channel(), olivia())
    await soon(told).toEqual([
      { kind: 'joined', by: 'Oscar Operator' },
      { kind: 'left', by: 'Oscar Operator' },
      { kind: 'left', by: 'Olivia' },
      { kind: 'ended' },
    ])
    expect(memory.state).toBe('ended')
    await expect(say('Still there?')).rejects.toMatchObject({ kind: 'refused' })
    expect(inOdoo().join()).not.toContain('Still there')
  })

  test('the presence of the operator is heard', async () => {
    await begin(release)
    odoo.chat.present(olivia(), false)
    await soon(() => heard).toContainEqual({ kind: 'presence', isOnline: false })
  })

  test('a line that is cut loses nothing and repeats nothing', async () => {
    await begin(release)
    const all: string[] = []
    for (let round = 0; round < 6; round += 1) {
      for (const word of ['a', 'b']) {
        all.push(`${word}${round}`)
        odoo.chat.say(channel(), olivia(), `<p>${word}${round}</p>`)
        if (word === 'a') odoo.cut(round % 2 === 0 ? undefined : 1001)
      }
      await soon(words).toEqual(all)
    }
  })

  test('where no socket opens it is asked, and the same is heard', async () => {
    await begin(release)
    odoo.trouble.refusesSockets = true
    odoo.cut()
    await soon(() => odoo.listening()).toBe(0)
    odoo.chat.say(channel(), olivia(), '<p>one</p>')
    odoo.chat.say(channel(), olivia(), '<p>two</p>')
    await soon(words).toEqual(['one', 'two'])
    odoo.trouble.refusesSockets = false
    await soon(() => odoo.listening()).toBe(1)
    odoo.chat.say(channel(), olivia(), '<p>three</p>')
    await soon(words).toEqual(['one', 'two', 'three'])
  })

  test('a server that is gone for a while is waited for', async () => {
    const { say } = await begin(release)
    odoo.trouble.isDown = true
    odoo.cut(1001)
    await soon(() => heard).toContainEqual({ kind: 'line', state: 'unreachable' })
    await expect(say('lost?')).rejects.toMatchObject({ kind: 'unreachable' })
    odoo.chat.say(channel(), olivia(), '<p>back</p>')
    odoo.trouble.isDown = false
    await soon(words).toEqual(['back'])
    await say('lost?', { again: true })
    expect(inOdoo().filter((html) => html.includes('lost?'))).toHaveLength(1)
  })

  test('a message whose answer was lost is not sent twice', async () => {
    const { say } = await begin(release)
    await say('first')
    odoo.trouble.losesAnswers = 1
    await expect(say('second')).rejects.toMatchObject({ kind: 'unreachable' })
    await say('second', { again: true })
    // The same words once more are another message.
    await say('second')
    expect(inOdoo()).toEqual(['<p>first</p>', '<p>second</p>', '<p>second</p>'])
  })

  test('messages come in the order in which they were said', async () => {
    const { say } = await begin(release)
    await Promise.all(['1', '2', '3', '4', '5'].map((text) => say(text)))
    expect(inOdoo()).toEqual(['1', '2', '3', '4', '5'].map((text) => `<p>${text}</p>`))
  })

  test('what the bus has forgotten is read from the messages', async () => {
    const { catchUp } = await begin(release)
    odoo.trouble.isDown = true
    odoo.cut()
    for (let count = 0; count < 70; count += 1) odoo.chat.say(channel(), olivia(), `<p>${count}</p>`)
    odoo.chat.say(channel(), olivia(), '<p>among us</p>', 'note')
    odoo.chat.leave(channel(), olivia())
    odoo.chat.forget()
    odoo.trouble.isDown = false
    await catchUp()
    expect(words()).toEqual(Array.from({ length: 70 }, (_, count) => String(count)))
    expect(told().at(-1)).toEqual({ kind: 'ended' })
  })

  test('another process goes on where this one stood', async () => {
    const first = await begin(release)
    await first.say('Hello')
    odoo.chat.say(channel(), olivia(), '<p>one</p>')
    await soon(words).toEqual(['one'])
    first.close()
    await soon(() => odoo.listening()).toBe(0)
    odoo.chat.say(channel(), olivia(), '<p>two</p>')
    const memory = JSON.parse(JSON.stringify(first.memory))
    conversation = resumeConversation(deps(release), memory, (event) => heard.push(event))
    await soon(words).toEqual(['one', 'two'])
    await conversation.say('Still here')
    expect(inOdoo().at(-1)).toBe('<p>Still here</p>')
  })

  test('it is left and rated once', async () => {
    const { leave, rate, say, memory } = await begin(release)
    await say('Thanks')
    await leave()
    await rate(5, 'Great help')
    await rate(1)
    expect(channel().rating).toEqual({ rate: 5, reason: 'Great help' })
    expect(memory.state).toBe('rated')
    await expect(say('more')).rejects.toMatchObject({ kind: 'refused' })
  })

  test('two conversations hear nothing of each other', async () => {
    const first = await begin(release)
    const own = channel()
    const others: ConversationEvent[] = []
    const memory = await openConversation(deps(release), { channelId: CHANNEL_ID, visitor: 'Bob' })
    const second = resumeConversation(deps(release), memory ?? expect.fail(), (event) => others.push(event))
    await soon(() => odoo.listening()).toBe(2)
    odoo.chat.say(own, olivia(), '<p>for Alice</p>')
    odoo.chat.say(channel(), olivia(), '<p>for Bob</p>')
    await soon(() => others.flatMap((event) => (event.kind === 'message' ? [event.text] : []))).toEqual(['for Bob'])
    expect(words()).toEqual(['for Alice'])
    expect(first.memory.guestToken).not.toBe(second.memory.guestToken)
    second.close()
  })
})

describe('an address', () => {
  test.each([
    ['<script type="text/javascript" src="https://shop.odoo.com/im_livechat/loader/2"></script>', 'https://shop.odoo.com/', 2],
    ['https://chat.example.com:8069/im_livechat/support/14', 'https://chat.example.com:8069/', 14],
  ])('is read from what an owner pastes', (pasted, base, channelId) => {
    expect(readSnippet(pasted)).toEqual({ base: new URL(base), channelId })
  })

  test.each(['', 'https://shop.odoo.com', 'javascript:/im_livechat/loader/2'])('is not in %j', (pasted) => {
    expect(readSnippet(pasted)).toBeUndefined()
  })
})
