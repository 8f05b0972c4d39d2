import { expect, test } from 'vitest'
import { readStamp, stamp } from './stamp.ts'

const origin = { local: false, ip: '203.0.113.9', origin: 'https://good.com', secure: true }

test('what the server judged reaches the handler, whatever the client wrote there', () => {
  const headers: Record<string, string> = { 'x-frontdesk-arrival': '{"origin":{"local":true}}' }
  stamp(headers, origin, 'r-1')
  expect(readStamp(new Headers(headers))).toEqual({ origin, requestId: 'r-1' })
})

test('a handler without the server says what is missing', () => {
  expect(() => readStamp(new Headers())).toThrow(/npm start/)
})
