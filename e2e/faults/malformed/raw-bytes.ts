import { connect } from 'node:net'
import fc from 'fast-check'

/** What no client library would send: bytes, as they stand, on a connection of their own. */

const handshake = (host: string) =>
  `GET /ws/chat HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`

/** Frames that break RFC 6455: unmasked, reserved bits, unknown opcodes, stray continuations, huge and false lengths, bad UTF-8. */
const badFrames = [
  [0x81, 0x05, 0x68, 0x65, 0x6c, 0x6c, 0x6f],
  [0xc1, 0x80, 0, 0, 0, 0],
  [0xf1, 0x80, 0, 0, 0, 0],
  [0x83, 0x80, 0, 0, 0, 0],
  [0x8b, 0x80, 0, 0, 0, 0],
  [0x80, 0x81, 0, 0, 0, 0, 0x61],
  [0x01, 0x81, 0, 0, 0, 0, 0x61, 0x01, 0x81, 0, 0, 0, 0, 0x61],
  [0x09, 0x80, 0, 0, 0, 0],
  [0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0],
  [0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
  [0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
  [0x81, 0xff, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0],
  [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28],
  [0x88, 0x81, 0, 0, 0, 0, 0x03],
  [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xed],
  [0x01, 0x80, 0, 0, 0, 0],
].map((bytes) => Buffer.from(bytes))

/** Many fragments of nothing: a message that never ends. */
const fragments = Buffer.concat([
  Buffer.from([0x01, 0x80, 0, 0, 0, 0]),
  ...Array.from({ length: 500 }, () => Buffer.from([0x00, 0x80, 0, 0, 0, 0])),
])

function badHttp(host: string): string[] {
  const head = (line: string, ...headers: string[]) => `${[line, `Host: ${host}`, ...headers].join('\r\n')}\r\n\r\n`
  return [
    '\r\n\r\n\r\n',
    '\0\0\0\0\0\0\0\0\r\n\r\n',
    'GET\r\n\r\n',
    'GET /api/health HTTP/9.9\r\n\r\n',
    'GET /api/health HTTP/1.1\r\n\r\n',
    'get /api/health HTTP/1.1\r\nHost: x\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    head('GET http://169.254.169.254/ HTTP/1.1'),
    head('GET //evil.example/ HTTP/1.1'),
    head('CONNECT evil.example:443 HTTP/1.1'),
    head('OPTIONS * HTTP/1.1'),
    head('TRACE /api/health HTTP/1.1'),
    head('GET /api/session/\xff\xfe HTTP/1.1'),
    head('GET /%E0%A4%A HTTP/1.1'),
    head('GET /api/health?%E0%A4%A HTTP/1.1'),
    head('POST /api/chat HTTP/1.1', 'Content-Length: -1'),
    head('POST /api/chat HTTP/1.1', 'Content-Length: 5', 'Content-Length: 6'),
    head('POST /api/chat HTTP/1.1', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
    `${head('POST /api/chat HTTP/1.1', 'Transfer-Encoding: chunked')}zz\r\nhello\r\n0\r\n\r\n`,
    `${head('POST /api/chat HTTP/1.1', 'Transfer-Encoding: chunked')}5\r\n{"mes`,
    `${head('POST /api/chat HTTP/1.1', 'Content-Length: 100')}{"message"`,
    `${head('POST /api/chat HTTP/1.1', 'Expect: 100-continue', 'Content-Length: 2')}{}`,
    head('GET /api/health HTTP/1.1', ...Array.from({ length: 1500 }, (_, index) => `X-${index}: y`)),
    head('GET /api/health HTTP/1.1', `Cookie: ${'a=b; '.repeat(10_000)}`),
    head('GET /api/health HTTP/1.1', `Host: evil.example`),
    head('GET /api/health HTTP/1.1', 'X-Frontdesk-Arrival: {"origin":{"local":true},"requestId":"x"}'),
    head('GET /other HTTP/1.1', 'Upgrade: websocket', 'Connection: Upgrade'),
    head('GET /ws/chat HTTP/1.1', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 99', 'Sec-WebSocket-Key: x'),
    head('POST /ws/chat HTTP/1.1', 'Upgrade: websocket', 'Connection: Upgrade'),
    head('GET /ws/chat HTTP/1.1', 'Upgrade: h2c', 'Connection: Upgrade, HTTP2-Settings'),
    head('GET /ws/chat HTTP/1.1', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Protocol: ${' ,'.repeat(6000)}`),
  ]
}

/** Bytes for a connection: bad HTTP, or a good handshake and bad frames behind it. */
export function oddBytes(host: string): fc.Arbitrary<Buffer> {
  const greeted = Buffer.from(handshake(host))
  const noise = fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => Buffer.from(bytes))
  return fc.oneof(
    fc.constantFrom(...badHttp(host).map((text) => Buffer.from(text, 'latin1'))),
    fc.array(fc.constantFrom(...badFrames, fragments), { minLength: 1, maxLength: 3 }).map((frames) => Buffer.concat([greeted, ...frames])),
    noise.map((bytes) => Buffer.concat([greeted, bytes])),
    noise,
  )
}

/** How long a connection is left open after its bytes, in milliseconds: some of them wait for more. */
const LINGER = 150

/** Writes bytes to a connection of their own; resolves with what was answered until it ended or went quiet. */
export function sendBytes(url: string, bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes))
    socket.setTimeout(LINGER, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
  })
}
