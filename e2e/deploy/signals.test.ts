import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { TestSocket } from '../support/socket.ts'
import { Program } from '../tools/program.ts'

const question = 'How long does shipping take?'

describe('a desk that is asked to stop', { timeout: 60_000 }, () => {
  let desk: DeskProcess | undefined
  afterEach(() => desk?.dispose())

  /** Asks over HTTP and comes back when the answer is being written. */
  async function askSlowly(url: string): Promise<{ answer: Promise<Response> }> {
    const socket = new TestSocket(`${url}/ws/stopping`)
    await socket.open()
    socket.send({ type: 'hello', after: 0 })
    await socket.of('resumed')
    const answer = fetch(`${url}/api/chat`, { method: 'POST', body: JSON.stringify({ message: question, session_id: 'stopping' }) })
    await socket.of('delta')
    socket.close()
    return { answer }
  }

  it('lets the running answer end, tells it whole, and exits with 0', async () => {
    desk = await startDesk({ OFFLINE_PACE_MS: '30' })
    const { answer } = await askSlowly(desk.url)
    const code = desk.terminate()
    expect(await (await answer).json()).toMatchObject({ response: expect.stringMatching(/3 to 5 business days.*\[1\]$/) })
    expect(await code).toBe(0)
  })

  it('does the same when it is asked twice', async () => {
    desk = await startDesk({ OFFLINE_PACE_MS: '30' })
    const { answer } = await askSlowly(desk.url)
    const once = desk.terminate()
    const twice = desk.terminate()
    expect((await answer).status).toBe(200)
    expect([await once, await twice]).toEqual([0, 0])
  })

  it('streams an answer to its end', async () => {
    desk = await startDesk({ OFFLINE_PACE_MS: '30' })
    const response = await fetch(`${desk.url}/api/chat/stream?message=${encodeURIComponent(question)}&session_id=streaming`)
    let text = ''
    let code: Promise<number | null> | undefined
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString()
      if (text.includes('"chunk"')) code ??= desk.terminate()
    }
    expect(text).toContain('"done":true')
    expect(await code).toBe(0)
  })

  it('does not wait for those who only listen', async () => {
    desk = await startDesk()
    const made = (await (await fetch(`${desk.url}/api/session/new`, { method: 'POST' })).json()) as { session_id: string }
    const events = await fetch(`${desk.url}/api/session/${made.session_id}/events`, { headers: { accept: 'text/event-stream' } })
    const socket = new TestSocket(`${desk.url}/ws/chat`)
    await socket.of('system')
    expect(await desk.terminate()).toBe(0)
    expect((await socket.end()).code).toBe(1001)
    await events.body?.cancel().catch(() => undefined)
  })
})

describe('a desk that cannot start', { timeout: 60_000 }, () => {
  it('says in one sentence that the port is taken', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-port-'))
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const program = new Program('server.ts', ['--port', String(port)], { DATA_DIR: dataDir })
    expect(await program.ended).toBe(1)
    other.close()
    rmSync(dataDir, { recursive: true })
    expect(program.errors).toMatch(new RegExp(`^Frontdesk cannot start\\.\n.*${port}.*\n$`))
  })

  it('says how it is called when a flag is mistyped', async () => {
    const program = new Program('server.ts', ['--prot', '8706'])
    expect(await program.ended).toBe(78)
    expect(program.errors).toMatch(/'--prot'.*\nnpm start -- /s)
    expect(program.errors).not.toContain('    at ')
  })

  it.each([['scripts/start.mjs'], ['--import', './scripts/node-version.mjs', 'scripts/talk.ts']])(
    'refuses an older Node in one sentence: %s %s',
    async (...command) => {
      const older = 'data:text/javascript,Object.defineProperty(process, "versions", { value: { node: "20.19.0" } })'
      const program = new Program('--import', [older, ...command])
      expect(await program.ended).toBe(78)
      expect(program.errors).toBe('Frontdesk needs Node 24.16 or newer; this is 20.19.0. Run it through npm: npm start\n')
    },
  )
})
