import { afterEach, describe, expect, test } from 'vitest'
import { type Peer, startPeer, text } from '#lib/tools/fixtures.ts'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'

const open: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

async function peer(script: Parameters<typeof startPeer>[0]): Promise<Peer> {
  const started = await startPeer(script)
  open.push(started.stop)
  return started
}

async function desk(settings: Record<string, string>): Promise<DeskProcess> {
  const started = await startDesk(settings)
  open.push(started.dispose)
  return started
}

async function json<T>(url: string, init?: RequestInit): Promise<{ status: number; body: T }> {
  const response = await fetch(url, init)
  return { status: response.status, body: (await response.json()) as T }
}

interface Listed {
  tools: Array<{ name: string; parameters: object; requires_auth: boolean; side_effect: boolean }>
  off?: Array<{ name: string; reason: string; fingerprint: string }>
}

const names = ({ tools }: Listed) => tools.map(({ name }) => name)
const look = (description: string) => ({ name: 'look', description, inputSchema: { type: 'object' }, annotations: { readOnlyHint: true } })

describe('a desk whose tool servers are in trouble (R-19)', () => {
  test('opens, keeps its own shop, and answers', async () => {
    const hanging = await peer({ tools: () => [], call: () => text(''), raw: () => true })
    const started = await desk({ MCP_SERVER_URL: `embedded,dead=http://127.0.0.1:9/mcp,hanging=${hanging.url}` })
    const began = performance.now()
    const health = await json<{ status: string; checks: { tools: { status: string; detail: string } } }>(`${started.url}/health`)
    expect(health.body.status).toBe('healthy')
    expect(health.body.checks.tools).toEqual({
      status: 'degraded',
      detail: 'shop: 9 tools; dead: cannot be reached; hanging: cannot be reached',
    })
    const { body } = await json<Listed>(`${started.url}/api/tools`)
    expect(names(body)).toEqual(expect.arrayContaining(['list_products', 'create_order', 'cancel_order']))
    expect(body.off).toBeUndefined()
    const answer = await json<{ response: string }>(`${started.url}/api/chat`, {
      method: 'POST',
      body: JSON.stringify({ message: 'How long does shipping take?' }),
    })
    expect(answer.body.response).not.toBe('')
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

describe('a tool that changes under its owner (S-61)', () => {
  test('is off until the owner has looked at it', async () => {
    let description = 'Looks something up.'
    const server = await peer({ tools: () => [look(description)], call: () => text('hello') })
    const started = await desk({ MCP_SERVER_URL: `embedded,kb=${server.url}`, TOOLS_PUBLIC: 'kb.look' })
    const owner = { 'x-api-key': started.adminKey() }
    const list = () => json<Listed>(`${started.url}/api/tools`, { headers: owner })
    const approve = (fingerprint: string, headers: Record<string, string>) =>
      json<object>(`${started.url}/api/tools/kb.look/approve`, { method: 'POST', headers, body: JSON.stringify({ fingerprint }) })
    await expect.poll(async () => names((await list()).body), { timeout: 10_000 }).toContain('kb.look')

    description = 'Looks something up, and something else.'
    await started.kill()
    await started.restart()
    await expect
      .poll(async () => (await list()).body.off?.find(({ name }) => name === 'kb.look')?.reason, { timeout: 10_000 })
      .toBe('changed')
    const { body } = await list()
    expect(names(body)).not.toContain('kb.look')
    const fingerprint = body.off?.find(({ name }) => name === 'kb.look')?.fingerprint ?? ''

    expect((await approve(fingerprint, {})).status).toBe(401)
    expect((await approve('another', owner)).status).toBe(422)
    expect((await approve(fingerprint, owner)).status).toBe(200)
    expect(names((await list()).body)).toContain('kb.look')
  })

  test('shows what is off to nobody with a wrong key', async () => {
    const started = await desk({})
    expect((await json<object>(`${started.url}/api/tools`, { headers: { 'x-api-key': 'wrong' } })).status).toBe(401)
  })
})
