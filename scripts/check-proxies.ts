import { strict as assert } from 'node:assert'
import type { IncomingMessage } from 'node:http'
import { request as plainRequest } from 'node:http'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { WebSocket } from 'ws'
import { startDesk } from '../e2e/support/desk-process.ts'
import { isInstalled, type ProxyName, type ProxyServer, publicName, startProxy } from './proxies/proxy-server.ts'

/**
 * `node scripts/check-proxies.ts [nginx] [Caddy]`: runs the configurations of docs/deploy.md before a desk, and looks whether
 * everything comes through. A proxy that is not installed is a failure, not a silence.
 */

/** Messages that an address may send a minute. */
const LIMIT = 3
/** The certificate is the test's own. */
const tls = { servername: publicName, rejectUnauthorized: false }
const question = 'How long does shipping take?'

interface Ask {
  path: string
  method?: string
  headers?: Record<string, string>
  body?: object
  /** The visitor's address, one of loopback. */
  from?: string
}

/** What is tried through a proxy; resolves with a detail worth showing. */
type Story = (proxy: ProxyServer) => Promise<string | undefined>

const stories: Record<string, Story> = {
  async 'the page comes over HTTPS'(proxy) {
    const response = await ask(proxy, { path: '/' })
    assert.equal(response.statusCode, 200)
    assert.match(String(response.headers['strict-transport-security']), /max-age/)
    assert.match(await text(response), /<html/)
    return undefined
  },

  async 'a socket opens, answers and is answered'(proxy) {
    const socket = new WebSocket(`wss://127.0.0.1:${proxy.port}/ws/chat`, [], {
      ...tls,
      headers: { host: publicName, origin: `https://${publicName}` },
      localAddress: '127.0.0.7',
    })
    const kinds: string[] = []
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject)
      socket.on('open', () => socket.send(question))
      socket.on('message', (data) => {
        const { type, role, content } = JSON.parse(String(data)) as { type: string; role?: string; content?: string }
        kinds.push(type)
        if (role === 'assistant' && content?.includes('3 to 5 business days')) resolve()
      })
      socket.on('close', (code) => reject(new Error(`closed with ${code}`)))
    })
    socket.terminate()
    assert.deepEqual(kinds, ['system', 'message'])
    return undefined
  },

  async 'a stream arrives while it is written'(proxy) {
    const headers = { 'sec-fetch-site': 'same-origin' }
    const response = await ask(proxy, { path: `/api/chat/stream?message=${encodeURIComponent(question)}`, headers, from: '127.0.0.8' })
    const start = performance.now()
    let first: number | undefined
    let said = ''
    for await (const chunk of response) {
      said += chunk
      if (said.includes('"chunk"')) first ??= performance.now() - start
    }
    const whole = performance.now() - start
    assert.match(said, /"done":true/)
    assert.ok(first !== undefined && first < whole * 0.8, `the first words came after ${first} ms of ${whole}`)
    return `first words after ${first.toFixed(0)} ms, the whole after ${whole.toFixed(0)} ms`
  },

  async 'other origins are let in by the list alone'(proxy) {
    const preflight = (origin: string) => ask(proxy, { path: '/api/chat', method: 'OPTIONS', headers: { origin } })
    const allowed = await preflight('https://shop.example.com')
    assert.deepEqual([allowed.statusCode, allowed.headers['access-control-allow-origin']], [204, 'https://shop.example.com'])
    assert.equal((await preflight('https://evil.example.com')).statusCode, 403)
    return undefined
  },

  async 'a visitor is known by the address that the proxy saw, whatever they claim'(proxy) {
    assert.deepEqual(await spend(proxy, '127.0.0.5'), [...Array(LIMIT).fill(200), 429])
    assert.deepEqual((await spend(proxy, '127.0.0.6'))[0], 200)
    return undefined
  },
}

/** Caddy does this by itself, on ports 80 and 443 only. */
const redirect: Story = async ({ plainPort }) => {
  const { statusCode, headers } = await new Promise<IncomingMessage>((resolve) => {
    plainRequest({ host: '127.0.0.1', port: plainPort, path: '/test', headers: { host: publicName } }, resolve).end()
  })
  assert.deepEqual([statusCode, headers.location], [301, `https://${publicName}/test`])
  return undefined
}

let failures = 0
const wanted = process.argv.slice(2)
for (const name of ['nginx', 'Caddy'] as const) if (wanted.length === 0 || wanted.includes(name)) await check(name)
process.exit(failures === 0 ? 0 : 1)

async function check(name: ProxyName): Promise<void> {
  if (!isInstalled(name)) {
    const packageName = name === 'nginx' ? 'nginx-light' : 'caddy'
    return verdict(name, 'is installed', new Error(`it is not: apt-get install ${packageName}`))
  }
  await before(name, { TRUST_PROXY: '1' }, name === 'nginx' ? { 'plain HTTP is sent to HTTPS': redirect, ...stories } : stories)
  await before(
    name,
    {},
    {
      async 'without TRUST_PROXY nobody is believed, and all share one address'(proxy) {
        await spend(proxy, '127.0.0.5')
        assert.deepEqual((await spend(proxy, '127.0.0.6'))[0], 429)
        return undefined
      },
    },
  )
}

/** Runs stories against a proxy before a desk of these settings. */
async function before(name: ProxyName, settings: Record<string, string>, told: Record<string, Story>): Promise<void> {
  const desk = await startDesk({
    PUBLIC_URL: `https://${publicName}`,
    CORS_ORIGINS: 'https://shop.example.com',
    RATE_LIMIT_MESSAGES_PER_ADDRESS: String(LIMIT),
    OFFLINE_PACE_MS: '20',
    ...settings,
  })
  try {
    const proxy = await startProxy(name, Number(new URL(desk.url).port))
    try {
      for (const [title, story] of Object.entries(told)) {
        await story(proxy).then(
          (detail) => verdict(name, detail === undefined ? title : `${title}: ${detail}`),
          (error) => verdict(name, title, error),
        )
      }
    } finally {
      await proxy.stop()
    }
  } finally {
    await desk.dispose()
  }
}

function verdict(name: string, title: string, error?: unknown): void {
  if (error !== undefined) failures += 1
  const reason = error instanceof Error ? `: ${error.message}` : ''
  console.log(`${error === undefined ? 'ok    ' : 'FAILED'}  ${name}: ${title}${reason}`)
}

/** Sends more messages than an address may, each with a forged chain of proxies; resolves with the statuses. */
async function spend(proxy: ProxyServer, from: string): Promise<number[]> {
  const statuses: number[] = []
  for (let count = 0; count <= LIMIT; count += 1) {
    const headers = { 'x-forwarded-for': `203.0.113.${count}`, 'content-type': 'application/json' }
    const response = await ask(proxy, { path: '/api/chat', method: 'POST', headers, body: { message: 'Hello' }, from })
    response.resume()
    statuses.push(response.statusCode ?? 0)
  }
  return statuses
}

/** A request as a visitor's browser makes it, from an address of loopback. */
function ask({ port }: ProxyServer, { path, method = 'GET', headers = {}, body, from = '127.0.0.1' }: Ask): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        headers: { host: publicName, ...headers },
        ...tls,
        localAddress: from,
        agent: false,
      },
      resolve,
    )
    outgoing.on('error', reject)
    outgoing.end(body && JSON.stringify(body))
  })
}
