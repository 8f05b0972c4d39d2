import { beforeEach, describe, expect, test } from 'vitest'
import { memoryOperators } from '#lib/identity/fixtures.ts'
import { createOperators, type Operators } from '#lib/identity/operators.ts'
import { silent } from '#lib/session/fixtures.ts'
import type { SessionRef } from '#lib/session/ports.ts'
import * as doors from './console.ts'
import { type Asking, callTo, furnish } from './fixtures.ts'

/** The console's doors, over a real hall. */

let desk: ReturnType<typeof furnish>
let operators: Operators
let admin: { login: string; password: string }
let cookie: string
let watchers: Set<() => void>

beforeEach(async () => {
  desk = furnish()
  watchers = new Set()
  let count = 0
  operators = createOperators({ store: memoryOperators(), newId: () => `o-${++count}`, now: Date.now, log: silent })
  desk.house.console.operators = operators
  desk.house.console.watch = (listener) => {
    watchers.add(listener)
    return () => watchers.delete(listener)
  }
  admin = (await operators.makeFirst()) ?? expect.fail()
  cookie = await enter(admin.login, admin.password)
})

const call = (path: string, asking: Asking = {}) => callTo(desk.house, path, { ...asking, headers: { cookie, ...asking.headers } })

async function enter(login: string, password: string): Promise<string> {
  const response = await doors.postOperatorSignIn(callTo(desk.house, '/api/console/sign-in', { body: { login, password } }))
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

const visitor = { role: 'visitor' } as const
const here: SessionRef = { key: 'session-1', name: 'session-1', incarnation: 0 }
const ask = (text: string) => desk.house.sessions.act(visitor, here, { type: 'message', text })
const act = (body: object) => doors.postOperatorAction(call('/x', { body, params: { key: here.key } }))
const inbox = async (show = 'all') => (await doors.getInbox(call(`/api/console/inbox?show=${show}`))).json()

test.each(['%', '%zz', '%ff'])('a session of the name %j is none', async (key) => {
  await expect(doors.postOperatorAction(call('/x', { body: { type: 'take' }, params: { key } }))).rejects.toMatchObject({
    code: 'not_found',
  })
})

describe('who is let in', () => {
  test('shows a cookie that no script and no other site can use', async () => {
    const body = { login: admin.login, password: admin.password }
    const response = await doors.postOperatorSignIn(callTo(desk.house, '/api/console/sign-in', { body }))
    expect(response.headers.get('set-cookie')).toMatch(
      /^frontdesk_console=[\w-]{43}; Path=\/api\/console; HttpOnly; SameSite=Strict; Max-Age=604800; Secure$/,
    )
    const { operator } = await response.json()
    expect(operator).toEqual({ id: 'o-1', login: 'admin', name: 'Support', role: 'admin', disabled: false })
  })

  test.each([
    ['without a cookie', { cookie: '' }],
    ['with a made-up one', { cookie: `frontdesk_console=${'x'.repeat(43)}` }],
    ['with a visitor’s', { cookie: 'frontdesk_session=a~b' }],
  ])('is nobody %s', async (_, headers) => {
    for (const door of Object.values(doors)) {
      if (door === doors.postOperatorSignIn) continue
      await expect(door(call('/x', { headers, params: { key: here.key, id: 'o-1' }, body: {} }))).rejects.toMatchObject({
        code: 'unauthorized',
      })
    }
  })

  test('is nobody whom another site sends', async () => {
    for (const door of Object.values(doors)) {
      const asking = { headers: { 'sec-fetch-site': 'cross-site' }, params: { key: here.key, id: 'o-1' }, body: admin }
      await expect(door(call('/x', asking))).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  test('is out after signing out', async () => {
    const response = await doors.postOperatorSignOut(call('/api/console/sign-out', { method: 'POST' }))
    expect(response.headers.get('set-cookie')).toContain('frontdesk_console=; ')
    await expect(doors.getOperator(call('/api/console/me'))).rejects.toMatchObject({ code: 'unauthorized' })
  })

  test('stays in after changing the own password, also while somebody guesses at the old one', async () => {
    const guess = { login: admin.login, password: 'a wrong password' }
    for (let tries = 0; tries < 6; tries += 1) {
      await doors.postOperatorSignIn(callTo(desk.house, '/api/console/sign-in', { body: guess })).catch(() => undefined)
    }
    const response = await doors.postOwnPassword(call('/api/console/password', { body: { password: 'a much longer password' } }))
    cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    expect((await doors.getOperator(call('/api/console/me'))).status).toBe(200)
  })

  test('stays in after changing the own password, and only there', async () => {
    const elsewhere = await enter(admin.login, admin.password)
    const body = { password: 'a much longer password' }
    const response = await doors.postOwnPassword(call('/api/console/password', { body }))
    await expect(doors.getOperator(call('/x'))).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(doors.getOperator(call('/x', { headers: { cookie: elsewhere } }))).rejects.toMatchObject({ code: 'unauthorized' })
    cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    expect((await doors.getOperator(call('/x'))).status).toBe(200)
  })
})

describe('an operator', () => {
  test('sees who waits first, and takes, answers and hands back', async () => {
    await ask('May I speak with a person?')
    await desk.house.sessions.act(visitor, here, { type: 'handoff', reason: 'a refund' })
    expect(await inbox('waiting')).toMatchObject({
      waiting: 1,
      sessions: [{ key: 'session-1', status: 'waiting', mine: false, operator: null }],
    })
    await act({ type: 'take' })
    await act({ type: 'message', text: 'Hello, I am here.' })
    expect(await inbox('mine')).toMatchObject({
      waiting: 0,
      sessions: [{ status: 'human', mine: true, operator: 'Support', last_message: { role: 'operator', content: 'Hello, I am here.' } }],
    })
    await act({ type: 'release' })
    expect((await inbox('mine')).sessions).toEqual([])
    await act({ type: 'take' })
    await act({ type: 'close' })
    expect(await inbox('closed')).toMatchObject({ sessions: [{ status: 'closed', operator: null }] })
  })

  test('cannot do what only the visitor can', async () => {
    await ask('One?')
    await expect(act({ type: 'sign_in', email: 'alice@example.com', pin: '7351' })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('follows both logs of a session, and no longer once thrown out', async () => {
    await ask('One?')
    await act({ type: 'note', text: 'asked twice' })
    const stream = async (log: string) => {
      const response = await doors.getOperatorEvents(call(`/x?log=${log}`, { params: { key: here.key } }))
      return response.body?.pipeThrough(new TextDecoderStream()).getReader() ?? expect.fail()
    }
    const until = async (reader: ReadableStreamDefaultReader<string>, wanted: string) => {
      let text = ''
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return `${text} (ended)`
        text += value
        if (text.includes(wanted)) return text
      }
    }
    const [visible, desk] = [await stream('visitor'), await stream('desk')]
    expect(await until(visible, 'One?')).not.toContain('asked twice')
    expect(await until(desk, 'asked twice')).toContain('"type":"note"')
    await operators.setPassword('o-1')
    expect(await until(visible, 'nothing')).toContain('(ended)')
    expect(await until(desk, 'nothing')).toContain('(ended)')
  })

  test('hears of every change, and what it is the inbox tells', async () => {
    const response = await doors.getChanges(call('/api/console/changes'))
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader() ?? expect.fail()
    const next = async () => {
      for (;;) {
        const { value = '' } = await reader.read()
        if (value.includes('changed')) return value
      }
    }
    expect(await next()).toContain('{"type":"changed"}')
    for (const heard of watchers) heard()
    expect(await next()).toContain('{"type":"changed"}')
    await reader.cancel()
  })
})

describe('accounts', () => {
  test('are made, changed and given passwords by admins alone', async () => {
    const made = await doors.postOperator(call('/x', { body: { login: 'olivia@example.com', name: 'Olivia' } }))
    expect(made.status).toBe(201)
    const { operator, password } = await made.json()
    expect(operator).toMatchObject({ login: 'olivia@example.com', role: 'operator' })
    const hers = await enter('Olivia@Example.com', password)
    const asOlivia = (asking: Asking = {}) => call('/x', { ...asking, headers: { cookie: hers }, params: { id: operator.id } })
    for (const door of [doors.getOperators, doors.postOperator, doors.patchOperator, doors.postOperatorPassword]) {
      await expect(door(asOlivia({ body: { login: 'x', name: 'X' } }))).rejects.toMatchObject({ code: 'forbidden' })
    }
    await doors.patchOperator(call('/x', { method: 'PATCH', body: { disabled: true }, params: { id: operator.id } }))
    await expect(doors.getOperator(asOlivia())).rejects.toMatchObject({ code: 'unauthorized' })
    const listed = await (await doors.getOperators(call('/x'))).json()
    expect(listed.operators).toHaveLength(2)
    expect(JSON.stringify(listed)).not.toContain('argon2')
  })
})
