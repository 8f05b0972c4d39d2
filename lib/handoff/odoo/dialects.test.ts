import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { captured, exchange, type Version, versions } from './captures/captures.ts'
import { type OdooEvent, readMessage, readNotification } from './notifications.ts'
import { isSomebodyThere, readOpened } from './opened.ts'
import { isObject, objectsIn, valuesOf } from './records.ts'

/** What real servers of three releases said, read. */

const opened = (version: Version) =>
  readOpened(exchange(version, 'get_session persisted:true').response?.body.result) ?? expect.fail('not opened')

function heard(version: Version, label: string, file = 'flow'): OdooEvent[] {
  const { channel, noteSubtype } = opened(version)
  return (exchange(version, label, file).notifications ?? []).flatMap((one) => readNotification(one, { channel, noteSubtype }))
}

/** Without names, which some releases tell again and again. */
const told = (version: Version, label: string) => heard(version, label).filter(({ kind }) => kind !== 'named')

describe('a conversation that is opened', () => {
  test.each([
    ['17', { channel: 4, uuid: 'PLgk82U2mD', last: 2, operator: 8, members: { 8: 8 }, presenceToken: undefined, noteSubtype: undefined }],
    ['18', { channel: 5, uuid: '2fBns99NX6', last: 10, operator: 8, members: { 9: 8 }, presenceToken: undefined, noteSubtype: undefined }],
    ['19', { channel: 6, uuid: 'SiD3QRX4dY', last: 50, operator: 7, members: { 12: 7 }, noteSubtype: 2 }],
  ] as const)('in Odoo %s', (version, known) => {
    const conversation = opened(version)
    expect(conversation).toMatchObject(known)
    expect(conversation.guestToken).toMatch(/^\d+\|[0-9a-f-]{36}$/)
    expect(conversation.names[conversation.operator ?? 0]).toBe('Olivia')
    expect(conversation.presenceToken !== undefined).toBe(version === '19')
  })

  test.each(versions)('by nobody, in Odoo %s', (version) => {
    expect(readOpened(exchange(version, 'get_session with NO operator').response?.body.result)).toBeUndefined()
    expect(isSomebodyThere(exchange(version, 'get_session with NO operator').response?.body.result)).toBe(false)
    expect(isSomebodyThere(exchange(version, 'get_session persisted:false').response?.body.result)).toBe(true)
  })

  // As the sources of the releases between have it: 17.2, and 18.3.
  test('in the releases between', () => {
    const flat = exchange('17', 'get_session persisted:true').response?.body.result as { guest_token: string }
    const between = { Store: { guest_token: flat.guest_token }, Thread: flat }
    expect(readOpened(between)).toEqual(opened('17'))
    const newest = exchange('19', 'get_session persisted:true').response?.body.result as { channel_id: number; store_data: unknown }
    expect(readOpened({ channel_id: newest.channel_id, storeData: newest.store_data })).toEqual(opened('19'))
  })

  test.each([[{}], ['<html>'], [{ channel_id: 3 }], [[1]], [{ guest_token: 'x', id: 3 }]])('not by %j', (answer) => {
    expect(() => readOpened(answer)).toThrow('get_session answered')
  })
})

describe.each(versions)('the bus of Odoo %s', (version) => {
  const operator = opened(version).operator as number

  test('tells what an operator says', () => {
    expect(told(version, 'BUS visitor: new_message from operator')).toEqual([
      { kind: 'message', message: { id: expect.any(Number), partner: operator, html: '<p>Hi <b>Alice</b>, Olivia here</p>', files: [] } },
    ])
  })

  test('tells nothing of what the visitor says', () => {
    expect(told(version, 'BUS operator: notifications after visitor opened+posted')).toEqual([])
  })

  test('tells who joins and who leaves, and not the lines that say so', () => {
    const joins = heard(version, 'BUS visitor: after op2 invited')
    const joined = joins.find((event) => event.kind === 'joined') ?? expect.fail('nobody joined')
    expect(joins).toContainEqual({ kind: 'count', members: 3 })
    expect(joins).toContainEqual({ kind: 'named', partner: joined.partner, name: 'Oscar Operator' })
    expect(joins.filter(({ kind }) => kind === 'message' || kind === 'changed')).toEqual([])
    expect(told(version, 'BUS visitor: after op2 left')).toEqual(
      expect.arrayContaining([
        { kind: 'left', member: joined.member },
        { kind: 'count', members: 2 },
      ]),
    )
  })

  test('tells the end as far as the release has one', () => {
    const kinds = told(version, 'BUS visitor: after LAST operator left')
    expect(kinds).toContainEqual({ kind: 'count', members: 1 })
    expect(kinds.some(({ kind }) => kind === 'ended')).toBe(version === '19')
  })

  test('tells nothing of other conversations', () => {
    const elsewhere = (exchange(version, 'BUS visitor: new_message from operator').notifications ?? []).flatMap((one) =>
      readNotification(one, { channel: 9999, noteSubtype: 2 }),
    )
    expect(elsewhere.filter(({ kind }) => kind !== 'named')).toEqual([])
  })

  test('tells when the operator goes', () => {
    expect(heard(version, 'BUS visitor: operator presence offline', 'pres')).toContainEqual({
      kind: 'presence',
      partner: expect.any(Number),
      status: 'offline',
    })
  })

  test('is read to the end of what was captured', () => {
    for (const { notifications = [] } of captured(version)) {
      for (const one of notifications) expect(() => readNotification(one, { channel: 1, noteSubtype: 2 })).not.toThrow()
    }
  })
})

describe('a remark among colleagues', () => {
  /** The operator's message of each release, made a note. */
  test.each(versions)('is not told in Odoo %s', (version) => {
    const notification = structuredClone(exchange(version, 'BUS visitor: new_message from operator').notifications?.[0])
    for (const record of objectsIn(valuesOf(notification, (key) => key === 'mail.message' || key === 'message').flat())) {
      if ('is_note' in record) record.is_note = true
      if ('subtype_id' in record && !('is_note' in record)) record.subtype_id = 2
    }
    const { channel, noteSubtype } = opened(version)
    expect(readNotification(notification, { channel, noteSubtype }).filter(({ kind }) => kind !== 'named')).toEqual([])
  })

  test('that says nothing of its kind is taken for one', () => {
    const record = { id: 5, author_id: 7, body: '<p>x</p>', message_type: 'comment' }
    expect(readMessage(record, {}, { noteSubtype: 2 })).toBeUndefined()
    expect(readMessage({ ...record, subtype_id: 1 }, {}, { noteSubtype: 2 })).toBeDefined()
  })
})

describe('an edit', () => {
  const edits: Array<[string, unknown, string | undefined]> = [
    ['19', { 'mail.message': [{ id: 225, body: ['markup', '<p>edited</p>'] }] }, '<p>edited</p>'],
    ['18', { 'mail.message': [{ id: 225, body: '<p>edited</p>' }] }, '<p>edited</p>'],
    ['17', { Message: { id: 225, body: '<p>edited</p>' } }, '<p>edited</p>'],
    [
      '19, deleted',
      { 'mail.message': [{ id: 225, attachment_ids: [], body: ['markup', '<span class="o-mail-Message-edited"></span>'] }] },
      undefined,
    ],
    ['17, deleted', { Message: { id: 225, body: '' } }, undefined],
  ]
  test.each(edits)('in Odoo %s', (_, payload, html) => {
    const notification = { id: 1, message: { type: 'mail.record/insert', payload } }
    expect(readNotification(notification, { channel: 1, noteSubtype: 2 })).toEqual([{ kind: 'changed', id: 225, html }])
  })
})

describe('typing', () => {
  const typed: Array<[string, string, unknown]> = [
    ['19', 'mail.record/insert', { 'discuss.channel.member': [{ id: 9, isTyping: true, partner_id: 7 }] }],
    ['18', 'mail.record/insert', { 'discuss.channel.member': [{ id: 9, isTyping: true, persona: { id: 7, type: 'partner' } }] }],
    ['17', 'discuss.channel.member/typing_status', { id: 9, isTyping: true, persona: { id: 7, type: 'partner' } }],
  ]
  test.each(typed)('in Odoo %s', (_, type, payload) => {
    expect(readNotification({ id: 1, message: { type, payload } }, { channel: 1, noteSubtype: 2 })).toEqual([
      { kind: 'typing', partner: 7, isTyping: true },
    ])
  })

  test('of the visitor tells nothing', () => {
    const payload = { id: 9, isTyping: true, persona: { id: 3, type: 'guest' } }
    expect(
      readNotification({ id: 1, message: { type: 'discuss.channel.member/typing_status', payload } }, { channel: 1, noteSubtype: 2 }),
    ).toEqual([])
  })
})

test('whatever comes is read without a fault', () => {
  const types = ['discuss.channel/new_message', 'mail.record/insert', 'bus.bus/im_status_updated', 'discuss.channel.member/typing_status']
  const names = [
    'discuss.channel',
    'mail.message',
    'Thread',
    'Message',
    'data',
    'id',
    'body',
    'author',
    'persona',
    'channelMembers',
    'isTyping',
  ]
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 5 },
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom(...names), tie('any')),
      fc.array(tie('any'), { maxLength: 3 }),
    ),
  })).any
  fc.assert(
    fc.property(fc.constantFrom(...types), value, (type, payload) => {
      const events = readNotification({ id: 1, message: { type, payload } }, { channel: 1, noteSubtype: 2 })
      expect(events.every(isObject)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
