import { beforeEach, describe, expect, test } from 'vitest'
import { createLocalBus } from '#lib/bus/local-bus.ts'
import type { Action } from '#lib/protocol/actions.ts'
import { emptyState, reduce } from '#lib/protocol/state.ts'
import { APPROVAL_MS } from './approvals.ts'
import { collect, createHall, proofs, puppet, ref } from './fixtures.ts'
import { createMemoryStore } from './memory-store.ts'
import type { Bus, Credentials, Customer, Identified, Proposal, SessionStore, TurnContext } from './ports.ts'

/** Who the visitor is, and what they approve. */

const alice: Customer = { id: 'c-alice', name: 'Alice', email: 'alice@example.com', via: 'pin', mayOrder: true }
const bob: Customer = { ...alice, id: 'c-bob', name: 'Bob', email: 'bob@example.com' }
const proposal: Proposal = {
  tool: 'create_order',
  args: { sku: 'MON-0054', quantity: 1 },
  customerId: alice.id,
  summary: 'Order 1 × MON-0054',
  card: { kind: 'order', status: 'proposed', items: [], total: '166.85', currency: 'USD' },
  digest: 'digest-1',
}

let time: number
let store: SessionStore
let bus: Bus
let hall: ReturnType<typeof createHall>
let assistant: ReturnType<typeof puppet>
let guesses: Credentials[]
let carriedOut: Array<TurnContext['turn']['effect']>
let identified: (credentials: Credentials) => Promise<Identified>
let effect: () => Promise<void>

beforeEach(() => {
  time = Date.UTC(2026, 0, 1)
  guesses = []
  carriedOut = []
  identified = async ({ email, pin }) =>
    email === alice.email && pin === '1234' ? { outcome: 'verified', customer: alice } : { outcome: 'wrong' }
  effect = async () => undefined
  store = createMemoryStore(() => time)
  bus = createLocalBus()
  assistant = puppet()
  hall = createHall(store, bus, assistant.respond, {
    now: () => time,
    identify: async (credentials) => {
      guesses.push(credentials)
      return identified(credentials)
    },
    executeEffect: async ({ turn }) => {
      carriedOut.push(turn.effect)
      await effect()
      return { text: 'Done.', decision: { kind: 'answer', reasons: [] } }
    },
  })
})

const here = ref('session-1')
const soon = <T>(look: () => T) => expect.poll(look, { interval: 1, timeout: 4000 })
const act = (action: Action) => hall.service.act({ role: 'visitor' }, here, action)
const send = (text: string, client_msg_id?: string) => act({ type: 'message', text, ...(client_msg_id && { client_msg_id }) })
const log = async () => (await hall.log.page(here, { after: 0 }, 1000)).events
const record = async () => (await store.find(here.key)) ?? expect.fail('no session')
const types = async () => (await log()).map((event) => (event.type === 'message' ? `${event.role}: ${event.content}` : event.type))
const state = async () => (await log()).reduce(reduce, emptyState)
const signIn = () => act({ type: 'sign_in', email: 'alice@example.com', pin: '1234' })

/** Lets the assistant answer what is asked next. */
async function answered(text: string, conclusion = {}): Promise<void> {
  const answer = await assistant.answer()
  answer.say(text)
  answer.finish(conclusion)
  await soon(async () => (await record()).turns).toEqual([])
}

describe('credentials in a message', () => {
  const said = 'My email is alice@example.com and PIN is 1234'

  test('are used, and the message is kept without the PIN', async () => {
    expect(await send(said)).toMatchObject({ seq: 1, identity: 'verified' })
    expect(guesses).toEqual([{ email: 'alice@example.com', pin: '1234' }])
    expect(JSON.stringify(await log())).not.toContain('1234')
    expect((await log())[0]).toMatchObject({ role: 'visitor', sign_in: 'verified' })
    expect(await record()).toMatchObject({ customer: alice, tokenVersion: 1 })
    expect((await state()).customer).toEqual({ name: 'Alice', via: 'pin' })
    expect(await hall.views.info(here)).toMatchObject({
      is_authenticated: true,
      customer_info: { customer_id: 'c-alice', name: 'Alice', email: 'alice@example.com' },
    })
  })

  test('that are wrong change nothing, and the answer may say so', async () => {
    expect(await send('alice@example.com, PIN 9999')).toMatchObject({ identity: 'wrong' })
    expect(await record()).toMatchObject({ tokenVersion: 0 })
    expect((await record()).customer).toBeUndefined()
    expect((await log())[0]).toMatchObject({ sign_in: 'wrong' })
  })

  test('are one guess, however often the message is sent', async () => {
    const both = await Promise.all([send(said, 'same'), send(said, 'same')])
    expect(both.map(({ seq }) => seq)).toEqual([1, 1])
    expect(await send(said, 'same')).toMatchObject({ duplicate: true })
    expect(guesses).toHaveLength(1)
    expect(await record()).toMatchObject({ tokenVersion: 1 })
  })

  test('may come in two messages, when the assistant asked for the second', async () => {
    await send('1234')
    expect(guesses).toHaveLength(0)
    await answered('What is your PIN?', { awaitsPin: { email: 'alice@example.com' } })
    expect(await send('1234')).toMatchObject({ identity: 'verified' })
    expect((await record()).awaitsPin).toBeUndefined()
  })
})

describe('a form', () => {
  test('signs in, and the conversation goes on with it', async () => {
    expect(await signIn()).toMatchObject({ identity: 'verified' })
    const answer = await assistant.answer()
    expect(answer.questions).toEqual(['I have signed in as alice@example.com.'])
    expect(await types()).toEqual(['visitor: I have signed in as alice@example.com.', 'identity'])
  })

  test('that is filled in wrongly leaves nothing in the log', async () => {
    identified = async () => ({ outcome: 'locked', retryAfter: 900 })
    expect(await signIn()).toEqual({ identity: 'locked', retry_after: 900 })
    expect(await log()).toEqual([])
  })
})

describe('signing out', () => {
  test('forgets the customer, stops what runs, voids what was to be approved and ends every line', async () => {
    await signIn()
    await answered('Shall I?', { proposal })
    await send('And another thing')
    const answer = await assistant.answer()
    answer.say('Well, ')
    await soon(async () => (await record()).turns[0]?.shown?.text).toBe('Well, ')
    const following = await hall.log.follow(here, { signal: new AbortController().signal })
    expect(await act({ type: 'sign_out' })).toMatchObject({ identity: 'out' })
    await expect(collect(following, () => false)).rejects.toMatchObject({ code: 'unauthorized' })
    expect((await types()).slice(-3)).toEqual(['assistant: Well, ', 'approval', 'identity'])
    expect(await record()).toMatchObject({ tokenVersion: 2, turns: [], approvals: [{ state: 'expired' }] })
    expect(await hall.views.status(here)).toMatchObject({ is_authenticated: false })
    expect(await hall.views.info(here)).toMatchObject({ customer_info: null })
    expect(await act({ type: 'sign_out' })).toEqual({ duplicate: true })
    await signIn()
    expect(await hall.views.status(here)).toMatchObject({ is_authenticated: true })
  })
})

describe('a session that has a customer', () => {
  const bobs = { email: 'bob@example.com', pin: '4826' }

  test.each([
    ['while they are signed in', async () => undefined],
    ['when they have signed out', () => act({ type: 'sign_out' })],
  ])('is nobody else’s, %s', async (_, leave) => {
    identified = async ({ email }) => ({ outcome: 'verified', customer: email === bob.email ? bob : alice })
    await signIn()
    await leave()
    const before = await log()
    await expect(act({ type: 'sign_in', ...bobs })).rejects.toMatchObject({ code: 'conflict' })
    await expect(send(`I am ${bobs.email} and my PIN is ${bobs.pin}`)).rejects.toMatchObject({ code: 'conflict' })
    await expect(hall.service.vouch(here, { ...bob, via: 'site' })).rejects.toMatchObject({ code: 'conflict' })
    expect(await log()).toEqual(before)
    expect(await record()).toMatchObject({ customer: { id: alice.id } })
  })
})

describe('a site that vouches for a visitor', () => {
  test('makes the session its customer’s, once', async () => {
    const site: Customer = { ...alice, via: 'site', mayOrder: false }
    expect(await hall.service.vouch(here, site)).toMatchObject({ identity: 'verified' })
    expect(await hall.service.vouch(here, site)).toEqual({ duplicate: true })
    expect(await record()).toMatchObject({ customer: site, tokenVersion: 1 })
  })

  test('does so until its word ends, and may give it again', async () => {
    const site: Customer = { ...alice, via: 'site', mayOrder: false, until: time + 1000 }
    await hall.service.vouch(here, site)
    expect(await hall.views.status(here)).toMatchObject({ is_authenticated: true })
    time += 1000
    expect(await hall.views.status(here)).toMatchObject({ is_authenticated: false })
    expect(await hall.views.info(here)).toMatchObject({ customer_info: null })
    await hall.service.vouch(here, { ...site, until: time + 1000 })
    expect(await hall.views.customer(here)).toMatchObject({ customer_id: alice.id })
  })

  test('gives a longer word without a new token', async () => {
    const site: Customer = { ...alice, via: 'site', mayOrder: false, until: time + 1000 }
    await hall.service.vouch(here, site)
    expect(await hall.service.vouch(here, { ...site, until: time + 2000 })).toEqual({ duplicate: true })
    expect(await record()).toMatchObject({ tokenVersion: 1, customer: { until: time + 2000 } })
    expect(await hall.service.vouch(here, { ...site, until: time + 500 })).toEqual({ duplicate: true })
    expect(await record()).toMatchObject({ customer: { until: time + 2000 } })
  })

  test('takes nothing from who has shown their PIN', async () => {
    await signIn()
    await hall.service.vouch(here, { ...alice, via: 'site', mayOrder: false, until: time + 1000 })
    expect(await record()).toMatchObject({ customer: { via: 'pin', mayOrder: true } })
  })
})

describe('an approval', () => {
  /** Signs in and is asked; returns the request as it stands in the log. */
  async function asked() {
    await signIn()
    await answered('Shall I order it?', { proposal })
    const request = (await log()).at(-1)
    return request?.type === 'approval_request' ? request : expect.fail('nothing was asked')
  }
  const decide = (approval_id: string, proof: { token?: string; code?: string }, decision: 'approve' | 'reject' = 'approve') =>
    act({ type: 'approval', approval_id, decision, ...proof })
  const done = () => soon(async () => (await types()).at(-1)).toBe('assistant: Done.')

  test('is carried out once, however often the button is pressed', async () => {
    const { approval_id } = await asked()
    const { token } = proofs(here, { id: approval_id, digest: '' })
    const clicks = await Promise.all(Array.from({ length: 20 }, () => decide(approval_id, { token })))
    expect(clicks.filter(({ duplicate }) => !duplicate)).toHaveLength(1)
    await done()
    expect(await decide(approval_id, { token })).toEqual({ duplicate: true })
    expect(carriedOut).toEqual([{ kind: 'approved', approval: approval_id }])
  })

  test('needs its proof', async () => {
    const { approval_id } = await asked()
    await expect(decide(approval_id, {})).rejects.toMatchObject({ code: 'forbidden' })
    await expect(decide(approval_id, { token: 'token of another' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(decide('another', { token: `token of ${approval_id}` })).rejects.toMatchObject({ code: 'not_found' })
    expect(carriedOut).toEqual([])
  })

  test('can be given by a message with the code, which is not kept', async () => {
    const { approval_id } = await asked()
    const { code } = proofs(here, { id: approval_id, digest: '' })
    const first = await send(`confirm ${code}`, 'yes')
    await done()
    expect(await send(`confirm ${code}`, 'yes')).toMatchObject({ message_id: first.message_id, duplicate: true })
    expect(JSON.stringify(await log())).not.toContain(code)
    expect((await log()).at(-1)).toMatchObject({ in_reply_to: [first.message_id] })
    expect(carriedOut).toHaveLength(1)
  })

  test('is not given by a wrong code, nor by saying so', async () => {
    await asked()
    await send('confirm ZZZZZZ')
    await answered('That code does not fit.')
    await send('yes, order it')
    await answered('Shall I order it?', { proposal })
    expect(carriedOut).toEqual([])
  })

  test('that is asked for again is the same one', async () => {
    const { approval_id } = await asked()
    await send('yes, order it')
    await answered('Please press the button.', { proposal })
    expect((await log()).at(-1)).toMatchObject({ type: 'approval_request', approval_id })
    expect((await record()).approvals).toHaveLength(1)
    expect((await state()).items.filter(({ type }) => type === 'approval_request')).toHaveLength(1)
  })

  test('can be refused, and then not be given', async () => {
    const { approval_id } = await asked()
    const { token } = proofs(here, { id: approval_id, digest: '' })
    await decide(approval_id, { token }, 'reject')
    await expect(decide(approval_id, { token })).rejects.toMatchObject({ code: 'conflict' })
    expect((await state()).approvals).toEqual({ [approval_id]: 'reject' })
    expect(carriedOut).toEqual([])
  })

  test('comes too late after five minutes', async () => {
    const { approval_id } = await asked()
    time += APPROVAL_MS
    await expect(decide(approval_id, { token: `token of ${approval_id}` })).rejects.toMatchObject({ code: 'conflict' })
    expect((await state()).approvals).toEqual({ [approval_id]: 'expired' })
    expect(carriedOut).toEqual([])
  })

  test('is the customer’s who was asked, and nobody else’s', async () => {
    const { approval_id } = await asked()
    await store.transact(here, {}, async (tx) => {
      tx.session.customer = bob
    })
    await expect(decide(approval_id, { token: `token of ${approval_id}` })).rejects.toMatchObject({ code: 'conflict' })
    expect(carriedOut).toEqual([])
  })

  test('is carried out although the conversation is cleared meanwhile', async () => {
    const { approval_id } = await asked()
    let release = () => {}
    effect = () => new Promise((resolve) => (release = resolve))
    await decide(approval_id, { token: `token of ${approval_id}` })
    await soon(() => carriedOut).toHaveLength(1)
    await hall.service.reset(here)
    release()
    await done()
  })

  test('that cannot be carried out or not ends with a person, and is not tried for ever', async () => {
    effect = () => Promise.reject(new Error('the shop is gone'))
    const { approval_id } = await asked()
    await decide(approval_id, { token: `token of ${approval_id}` })
    await soon(async () => (await record()).status).toBe('waiting')
    expect((await types()).slice(-2)).toEqual([expect.stringMatching(/could not find out/), 'handoff'])
    expect(carriedOut).toHaveLength(3)
  })

  test('can be taken back once, by who gave it', async () => {
    const { approval_id } = await asked()
    await expect(act({ type: 'undo', effect_id: approval_id })).rejects.toMatchObject({ code: 'not_found' })
    await decide(approval_id, { token: `token of ${approval_id}` })
    await done()
    const both = await Promise.all([act({ type: 'undo', effect_id: approval_id }), act({ type: 'undo', effect_id: approval_id })])
    expect(both).toContainEqual({ duplicate: true })
    await soon(() => carriedOut).toEqual([
      { kind: 'approved', approval: approval_id },
      { kind: 'undo', approval: approval_id },
    ])
  })
})
