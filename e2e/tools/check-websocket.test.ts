import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { startDeafProxy } from './deaf-proxy.ts'
import { Program } from './program.ts'

const overSockets = /pong|plain text|\{message\}|\{type, content\}|command|broken JSON|resumes|greeting|session_id/

async function check(url: string): Promise<{ code: number | null; lines: string[] }> {
  const program = new Program('scripts/check-websocket.ts', ['--url', url])
  const code = await program.ended
  expect(program.errors).toBe('')
  return { code, lines: program.output.trim().split('\n') }
}

describe('npm run check:ws', () => {
  let desk: DeskProcess

  beforeAll(async () => {
    desk = await startDesk()
  }, 60_000)
  afterAll(() => desk.dispose())

  it('finds a desk in order, and takes its address in either form', async () => {
    const { code, lines } = await check(`${desk.url.replace('http', 'ws')}/ws/chat`)
    expect(lines.slice(0, -2).map((line) => line.slice(0, 8))).toEqual(Array(15).fill('ok      '))
    expect(lines.at(-1)).toBe('Everything works.')
    expect(code).toBe(0)
  })

  it('says what to do when no desk is there', async () => {
    const { code, lines } = await check('http://127.0.0.1:8499')
    expect(lines[0]).toMatch(/^FAILED {2}reachable and healthy: .*connection refused.*npm start/)
    expect(lines.at(-1)).toBe('1 check failed: see what to do above.')
    expect(code).toBe(1)
  })

  it('passes on what the desk says to a host name that is not its own', async () => {
    const proxy = await startDeafProxy(desk.url, { host: 'desk.example.com' })
    const { code, lines } = await check(proxy.url)
    proxy.close()
    expect(lines[0]).toMatch(/^FAILED .*set PUBLIC_URL/)
    expect(code).toBe(1)
  })

  it('recognises a proxy that does not pass the upgrade on, and that the rest works', async () => {
    const proxy = await startDeafProxy(desk.url)
    const { code, lines } = await check(proxy.url)
    proxy.close()
    expect(lines.find((line) => line.includes('/ws/chat'))).toMatch(/^FAILED {2}.*HTTP 404 instead of 101.*nginx.*docs\/deploy\.md/)
    const rest = lines.filter((line) => overSockets.test(line))
    expect(rest).toHaveLength(10)
    for (const line of rest) expect(line).toMatch(/^- .*not tried, there is no socket$/)
    expect(lines.find((line) => line.includes('polling:'))).toMatch(/^ok/)
    expect(lines.find((line) => line.includes('server-sent events'))).toMatch(/^ok/)
    expect(code).toBe(1)
  })

  it('recognises a proxy that holds streams back', async () => {
    const proxy = await startDeafProxy(desk.url, { buffers: true })
    const { lines } = await check(proxy.url)
    proxy.close()
    expect(lines.find((line) => line.includes('server-sent events'))).toMatch(/^FAILED .*no event came within 5 s.*proxy_buffering off/)
  })
})

describe('npm run check:ws against a server that only looks like a desk', () => {
  const sockets = new WebSocketServer({ noServer: true })
  const server = createServer((request, response) => {
    const known: Record<string, object> = {
      '/health': { status: 'healthy' },
      '/api/session/new': { session_id: 'some', session_token: 'token' },
    }
    const body = known[request.url ?? '']
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}))
  })
  let url = ''

  beforeAll(async () => {
    server.on('upgrade', (request, socket, head) => {
      sockets.handleUpgrade(request, socket, head, (ws) => {
        ws.send('{"type":"system","message":"Welcome","session_id":"other"}')
        ws.on('message', () => ws.close())
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it('lets nothing pass but what is right', async () => {
    const { code, lines } = await check(url)
    const passed = lines.filter((line) => line.startsWith('ok'))
    expect(passed.map((line) => line.slice(8).split(':')[0])).toEqual([
      'reachable and healthy',
      'a session can be begun',
      'handshake on /ws/chat',
    ])
    expect(lines.filter((line) => line.startsWith('FAILED'))).toHaveLength(12)
    expect(code).toBe(1)
  })
})
