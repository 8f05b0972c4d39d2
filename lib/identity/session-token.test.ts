import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromSeed, issueToken, isTokenFor, newSpace, readToken, sessionKey } from './session-token.ts'

const secret = 'a secret of the tests, long enough'
const subject = { key: sessionKey('user-123', newSpace()), incarnation: 0, version: 0 }
const token = issueToken(secret, subject)

describe('a token', () => {
  test('opens the session that it was issued for', () => {
    expect(isTokenFor(secret, token, subject)).toBe(true)
    expect(sessionKey('user-123', readToken(token)?.space)).toBe(subject.key)
  })

  test.each([
    ['another name', { ...subject, key: subject.key.replace('123', '124') }],
    ['the same name in another space', { ...subject, key: sessionKey('user-123', newSpace()) }],
    ['the name alone', { ...subject, key: 'user-123' }],
    ['the session that came after it was erased', { ...subject, incarnation: 1 }],
    ['the session after its token was replaced', { ...subject, version: 1 }],
  ])('does not open %s', (_, other) => expect(isTokenFor(secret, token, other)).toBe(false))

  test('of another desk opens nothing', () => expect(isTokenFor(`${secret}!`, token, subject)).toBe(false))

  test('opens nothing when any character of it is another', () => {
    for (let place = 0; place < token.length; place += 1) {
      for (const char of ['A', 'b', '7', '-', '_', '.', '=', '~']) {
        if (char === token[place]) continue
        const tampered = token.slice(0, place) + char + token.slice(place + 1)
        const said = readToken(tampered)
        const opens = said && isTokenFor(secret, tampered, { ...subject, key: sessionKey('user-123', said.space), version: said.version })
        expect(opens ?? false, tampered).toBe(false)
      }
    }
  })

  test('of a session that its name alone names says so', () => {
    const open = { key: 'user-123', incarnation: 2, version: 3 }
    const issued = issueToken(secret, open)
    expect(readToken(issued)).toEqual({ space: undefined, version: 3 })
    expect(isTokenFor(secret, issued, open)).toBe(true)
  })

  test.each([
    '',
    'x',
    '..',
    token.slice(1),
    `${token}x`,
    ` ${token}`,
    `${token}\n`,
    token.replace('.0.', '.-1.'),
    token.replace('.0.', '.1e3.'),
  ])('is none: %j', (text) => expect(readToken(text)).toBeUndefined())

  test('is read for whatever it is, without a fault', () => {
    fc.assert(fc.property(fc.string(), (text) => !isTokenFor(secret, text, subject) && readToken(text) === undefined))
  })
})

describe('a space', () => {
  test('has 128 random bits, without the character that parts it from the name', () => {
    const spaces = new Set(Array.from({ length: 1000 }, newSpace))
    expect(spaces.size).toBe(1000)
    for (const space of spaces) expect(space).toMatch(/^[A-Za-z0-9-]{22}$/)
  })
})

describe('a seed', () => {
  test('always stands for the same session, at one desk', () => {
    expect(fromSeed(secret, 'seed')).toEqual(fromSeed(secret, 'seed'))
    expect(fromSeed(secret, 'seed').name).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(fromSeed(secret, 'seed').space).toMatch(/^[A-Za-z0-9-]{22}$/)
  })

  test.each([
    [secret, 'seed2'],
    [`${secret}!`, 'seed'],
  ])('of another desk or another seed stands for another', (otherSecret, seed) => {
    const [one, other] = [fromSeed(secret, 'seed'), fromSeed(otherSecret, seed)]
    expect(one.name).not.toBe(other.name)
    expect(one.space).not.toBe(other.space)
  })
})
