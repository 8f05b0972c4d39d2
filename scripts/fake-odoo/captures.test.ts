import { describe, expect, test } from 'vitest'
import { exchange, type Version } from '../../lib/handoff/odoo/captures/captures.ts'
import type { Message, Release } from './dialect.ts'
import { createLiveChat } from './live-chat.ts'

/** What the stand-in says has the shape of what real servers said: it knows no field that they do not have, in no other form. */

/** Every path to a value, with the value's kind; places in a list are one. */
function shapeOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : value.flatMap((item) => shapeOf(item, `${path}[]`))
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, inner]) => shapeOf(inner, `${path}.${key}`))
  return [`${path}: ${typeof value}`]
}

const heard = (version: Version, label: string) =>
  (exchange(version, label).notifications ?? []) as Array<{ message: { type: string; payload: unknown } }>

/** Paths of the stand-in's that no captured value has. */
function unknown(said: unknown, captured: unknown[]): string[] {
  const known = new Set(captured.flatMap((value) => shapeOf(value)))
  return [...new Set(shapeOf(said))].filter((path) => !known.has(path))
}

describe.each([17, 18, 19] as const satisfies Release[])('the stand-in for Odoo %i', (release) => {
  const version = String(release) as Version
  const chat = createLiveChat(release)
  const [olivia, oscar] = chat.operators
  if (!olivia || !oscar) throw new Error('there are no operators')
  chat.present(olivia, true)
  const { channel, last } = chat.open('Alice', undefined, undefined) ?? expect.fail('nobody is there')
  const result = (label: string, file = 'flow') => exchange(version, label, file).response?.body.result
  const said = (author: Message['author'], kind: Message['kind'] = 'comment') => chat.say(channel, author, '<p>x</p>', kind)

  test('opens a conversation', () => {
    expect(unknown(chat.dialect.session(channel, last), [result('get_session persisted:true')])).toEqual([])
  })

  test('says that somebody is there', () => {
    expect(unknown(chat.dialect.available(olivia), [result('get_session persisted:false')])).toEqual([])
  })

  test('answers a message, and tells of it', () => {
    const own = said(channel.guest)
    const posted = [result('visitor posts message')]
    const told = [...heard(version, 'BUS visitor: new_message'), ...heard(version, 'BUS operator: notifications')].map(
      ({ message }) => message.payload,
    )
    expect(unknown(chat.dialect.posted(own), posted)).toEqual([])
    expect(unknown(chat.dialect.newMessage(channel, own), told)).toEqual([])
    expect(unknown(chat.dialect.newMessage(channel, said(olivia)), told)).toEqual([])
  })

  test('has a history', () => {
    const page = chat.dialect.history([said(olivia), said(channel.guest)])
    expect(unknown(page, [result('poll: /discuss/channel/messages')])).toEqual([])
  })

  test('tells who joins and who leaves', () => {
    const joins = heard(version, 'BUS visitor: after op2 invited').map(({ message }) => message.payload)
    const leaves = heard(version, 'BUS visitor: after op2 left').map(({ message }) => message.payload)
    chat.join(channel, oscar)
    const [id = 0] = [...channel.members].find(([, member]) => member === oscar) ?? []
    expect(unknown(chat.dialect.joined(channel, id, oscar), joins)).toEqual([])
    expect(unknown(chat.dialect.left(channel, id), leaves)).toEqual([])
  })

  test('tells the end as far as the release does', () => {
    chat.leave(channel, oscar)
    chat.leave(channel, olivia)
    const ended = chat.dialect.ended(channel)
    expect(ended !== undefined).toBe(release === 19)
    expect(
      unknown(
        ended ?? {},
        heard(version, 'BUS visitor: after LAST').map(({ message }) => message.payload),
      ),
    ).toEqual([])
  })

  test('says who takes part', () => {
    expect(unknown(chat.dialect.membership(channel), [result('members open', 'state')])).toEqual([])
  })
})
