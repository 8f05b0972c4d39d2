import { beforeEach, describe, expect, test } from 'vitest'
import { createLocalBus } from '#lib/bus/local-bus.ts'
import type { Action } from '#lib/protocol/actions.ts'
import { emptyState, reduce } from '#lib/protocol/state.ts'
import { createHall, puppet, ref } from './fixtures.ts'
import { createMemoryStore } from './memory-store.ts'
import type { Actor, Customer, SessionStore } from './ports.ts'

/** A person takes a session, answers in it, and hands it back. */

const olivia: Actor = { role: 'operator', operator: { id: 'o-1', name: 'Olivia' } }
const oscar: Actor = { role: 'operator', operator: { id: 'o-2', name: 'Oscar' } }
const owner: Actor = { role: 'admin' }
const visitor: Actor = { role: 'visitor' }

let time: number
let store: SessionStore
let hall: ReturnType<typeof createHall>
let assistant: ReturnType<typeof puppet>
let release: () => void

beforeEach(() => {
  time = Date.UTC(2026, 0, 1)
  store = createMemoryStore(() => time)
  assistant = puppet()
  const carriedOut = new Promise<void>((resolve) => {
    release = resolve
  })
  hall = createHall(store, createLocalBus(), assistant.respond, {
    now: () => time,
    executeEffect: async () => {
      await carriedOut
      return { text: 'Your order is placed.' }
    },
  })
})

const here = ref('session-1')
const soon = <T>(look: () => T) => expect.poll(look, { interval: 1, timeout: 4000 })
const act = (actor: Actor, action: Action) => hall.service.act(actor, here, action)
const ask = (text: string) => act(visitor, { type: 'message', text })
const say = (actor: Actor, text: string, client_msg_id?: string) =>
  act(actor, { type: 'message', text, ...(client_msg_id && { client_msg_id }) })
const take = (actor: Actor, from?: string) => act(actor, { type: 'take', ...(from && { from }) })
const log = async () => (await hall.log.page(here, { after: 0 }, 1000)).events
const told = async () =>
  (await log()).map((event) => (event.type === 'message' ? `${event.role} ${event.status}: ${event.content}` : event.type))
const record = async () => (await store.find(here.key)) ?? expect.fail('no session')
const state = async () => (await log()).reduce(reduce, emptyState)

describe('an operator who takes a session', () => {
  test('answers in it, in place of the assistant', async () => {
    await ask('May I speak with a person?')
    await take(olivia)
    await say(olivia, 'Hello, how can I help?')
    await ask('My parcel is lost.')
    await say(olivia, 'I am looking into it.')
    expect(await told()).toEqual([
      'visitor complete: May I speak with a person?',
      'operator_joined',
      'operator complete: Hello, how can I help?',
      'visitor complete: My parcel is lost.',
      'operator complete: I am looking into it.',
    ])
    expect((await log())[2]).toMatchObject({ author: { name: 'Olivia' } })
    expect((await record()).turns).toEqual([])
    expect(await state()).toMatchObject({ status: 'human', operator: { name: 'Olivia' }, open: [] })
    expect(await hall.views.status(here)).toMatchObject({ status: 'human', mode: 'human', operator: { name: 'Olivia' } })
  })

  test('silences an answer that is being written where it stands', async () => {
    await ask('How long?')
    const answer = await assistant.answer()
    answer.say('Three ')
    await soon(async () => (await record()).turns[0]?.shown?.text).toBe('Three ')
    await take(olivia)
    answer.say('days.')
    answer.finish()
    await soon(() => hall.turns.working()).toBe(0)
    expect((await told()).slice(1)).toEqual(['assistant stopped: Three ', 'operator_joined'])
  })

  test('leaves no trace of an answer of which nothing was shown', async () => {
    await ask('How long?')
    const answer = await assistant.answer()
    await take(olivia)
    answer.say('Three days.')
    answer.finish()
    await soon(() => hall.turns.working()).toBe(0)
    expect((await told()).slice(1)).toEqual(['operator_joined'])
  })

  test('hands it back, and the assistant answers what is asked then', async () => {
    await ask('One?')
    await take(olivia)
    await ask('Two?')
    await act(olivia, { type: 'release' })
    await ask('Three?')
    let answer = await assistant.answer()
    if (answer.questions[0] === 'One?') answer = await assistant.answer()
    expect(answer.questions).toEqual(['Three?'])
    expect(await state()).toMatchObject({ status: 'active', operator: undefined })
  })

  test('holds it alone', async () => {
    await ask('One?')
    await take(olivia)
    expect(await take(olivia)).toEqual({ duplicate: true })
    await expect(take(oscar)).rejects.toMatchObject({ code: 'conflict', message: 'Olivia holds this session.' })
    await expect(say(oscar, 'Hello')).rejects.toMatchObject({ code: 'conflict' })
    await expect(act(oscar, { type: 'release' })).rejects.toMatchObject({ code: 'conflict' })
    await take(oscar, 'Olivia')
    expect((await told()).slice(-2)).toEqual(['operator_left', 'operator_joined'])
    await expect(say(olivia, 'Still me')).rejects.toMatchObject({ code: 'conflict', message: 'Oscar holds this session.' })
    await say(oscar, 'Hello')
  })

  test('says a thing once, and only in a session that is theirs', async () => {
    await ask('One?')
    await expect(say(olivia, 'Hello')).rejects.toMatchObject({ code: 'conflict', message: 'Take the session first.' })
    await take(olivia)
    const first = await say(olivia, 'Hello', 'o1')
    expect(await say(olivia, 'Hello', 'o1')).toMatchObject({ message_id: first.message_id, duplicate: true })
    await expect(say(olivia, 'Something else', 'o1')).rejects.toMatchObject({ code: 'mismatch' })
  })

  test('ends it, and it is nobody’s', async () => {
    await ask('One?')
    await take(olivia)
    await act(olivia, { type: 'close' })
    expect((await log()).at(-2)).toMatchObject({ type: 'session_closed', reason: 'operator' })
    expect((await record()).operator).toBeUndefined()
    await expect(say(olivia, 'One more thing')).rejects.toMatchObject({ code: 'conflict' })
  })

  test('does not undo what the visitor had approved', async () => {
    const customer: Customer = { id: 'c', name: 'Alice', via: 'pin', mayOrder: true }
    await ask('Order it')
    await store.transact(here, {}, async (tx) => {
      tx.session.customer = customer
    })
    const answer = await assistant.answer()
    const card = { kind: 'order' as const, status: 'proposed' as const, items: [], total: '1.00', currency: 'USD' }
    answer.say('Shall I?')
    answer.finish({ proposal: { tool: 'create_order', args: {}, customerId: 'c', summary: 'Order', card, digest: 'd' } })
    await soon(async () => (await log()).at(-1)?.type).toBe('approval_request')
    const approval_id = (await record()).approvals[0]?.id ?? ''
    await act(visitor, { type: 'approval', approval_id, decision: 'approve', token: `token of ${approval_id}` })
    await take(olivia)
    release()
    await soon(async () => (await told()).at(-1)).toBe('assistant complete: Your order is placed.')
  })
})

describe('what only one side may do', () => {
  test.each<Action>([{ type: 'take' }, { type: 'release' }, { type: 'note', text: 'x' }])('a visitor may not $type', async (action) => {
    await ask('One?')
    await expect(act(visitor, action)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test.each<Action>([
    { type: 'sign_in', email: 'a@example.com', pin: '1234' },
    { type: 'approval', approval_id: 'a', decision: 'approve', token: 't' },
    { type: 'edit', message_id: 'm', text: 'x' },
    { type: 'feedback', rating: 5 },
  ])('an operator may not $type', async (action) => {
    await ask('One?')
    await expect(act(olivia, action)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('the owner answers under a name of their own', async () => {
    await ask('One?')
    await act(owner, { type: 'take', name: 'Mina' })
    await say(owner, 'Hello')
    expect((await log()).at(-1)).toMatchObject({ role: 'operator', author: { name: 'Mina' } })
  })
})

test('a remark stands in the desk log and nowhere else', async () => {
  await ask('One?')
  expect(await act(olivia, { type: 'note', text: 'asked twice before' })).toEqual({ seq: 1 })
  expect(await store.read(here, 'desk', 0, 9)).toMatchObject([{ type: 'note', by: 'Olivia', content: 'asked twice before' }])
  expect(JSON.stringify(await log())).not.toContain('twice')
})

describe('who waits for a person', () => {
  const wait = () => act(visitor, { type: 'handoff', reason: 'a refund' })

  test('is told once when nobody came, and goes on waiting', async () => {
    await wait()
    await hall.service.tellWhoWaits(time - 1)
    expect(await told()).toEqual(['handoff'])
    await hall.service.tellWhoWaits(time)
    await hall.service.tellWhoWaits(time + 1)
    expect(await log()).toMatchObject([{ state: 'requested' }, { type: 'handoff', state: 'unanswered' }])
    expect(await record()).toMatchObject({ status: 'waiting', waitingSince: time })
  })

  test('is not told when somebody came', async () => {
    await wait()
    await take(olivia)
    await hall.service.tellWhoWaits(time + 1)
    expect(await told()).toEqual(['handoff', 'operator_joined'])
  })

  test('is told again after asking again', async () => {
    await wait()
    await hall.service.tellWhoWaits(time)
    await take(olivia)
    await act(olivia, { type: 'release' })
    await wait()
    await hall.service.tellWhoWaits(time)
    expect((await log()).filter((event) => event.type === 'handoff' && event.state === 'unanswered')).toHaveLength(2)
  })
})

test('however an operator and the assistant race, the assistant says nothing after the other has taken over', async () => {
  for (let round = 0; round < 200; round += 1) {
    const session = ref(`race-${round}`)
    const go = (actor: Actor, action: Action) => hall.service.act(actor, session, action)
    await go(visitor, { type: 'message', text: 'One?' })
    const answer = await assistant.answer()
    const pieces = async () => {
      for (const piece of ['a', 'b', 'c']) {
        answer.say(piece)
        for (let pause = 0; pause < round % 7; pause += 1) await Promise.resolve()
      }
      answer.finish()
    }
    const taking = async () => {
      for (let pause = 0; pause < round % 23; pause += 1) await Promise.resolve()
      await Promise.allSettled([go(olivia, { type: 'take' }), go(oscar, { type: 'take' })])
    }
    await Promise.all([pieces(), taking()])
    await soon(() => hall.turns.working()).toBe(0)
    const { events } = await hall.log.page(session, { after: 0 }, 100)
    const joined = events.findIndex(({ type }) => type === 'operator_joined')
    expect(joined).toBeGreaterThan(0)
    expect(events.filter(({ type }) => type === 'operator_joined')).toHaveLength(1)
    expect(events.slice(joined + 1).filter((event) => event.type === 'message' && event.role === 'assistant')).toEqual([])
  }
})
