import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from 'node:tls'

/** A real proxy, with the configuration that docs/deploy.md shows, on a port of loopback. */
export interface ProxyServer {
  /** Where it speaks HTTPS. */
  port: number
  /** Where it speaks HTTP, if it does. */
  plainPort?: number
  stop: () => Promise<void>
}

export type ProxyName = 'nginx' | 'Caddy'

/** The name under which the documented configurations serve. */
export const publicName = 'desk.example.com'

/** Whether a proxy is installed. */
export function isInstalled(name: ProxyName): boolean {
  try {
    execFileSync(name.toLowerCase(), [name === 'nginx' ? '-v' : 'version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Starts a proxy before the desk on `deskPort`. Only ports, certificates and paths differ from the document. */
export async function startProxy(name: ProxyName, deskPort: number): Promise<ProxyServer> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-proxy-'))
  chmodSync(folder, 0o755)
  const [port, plainPort] = [await freePort(), await freePort()]
  const ports = { desk: deskPort, https: port, http: plainPort }
  const command = name === 'nginx' ? nginx(folder, ports) : caddy(folder, ports)
  const env = { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, NODE_ENV: 'test' as const }
  const child = spawn(name.toLowerCase(), command, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const failed = ended.then(() => Promise.reject(new Error(`${name} ended:\n${output}`)))
  failed.catch(() => undefined)
  await Promise.race([opens(port, child), failed])
  return {
    port,
    ...(name === 'nginx' && { plainPort }),
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Ports {
  desk: number
  https: number
  http: number
}

function nginx(folder: string, { desk, https, http }: Ports): string[] {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  execFileSync('openssl', [...request, '-subj', `/CN=${publicName}`, '-keyout', key, '-out', certificate], { stdio: 'ignore' })
  const site = documented('nginx')
    .replace('listen 80;', `listen 127.0.0.1:${http};`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${https} ssl`)
    .replace(/(ssl_certificate +)\S+;/, `$1${certificate};`)
    .replace(/(ssl_certificate_key +)\S+;/, `$1${key};`)
    .replace('127.0.0.1:8000', `127.0.0.1:${desk}`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${join(folder, kind)};`)
  const around = `daemon off; pid ${join(folder, 'pid')}; error_log stderr warn; events {}\nhttp { access_log off; ${temporary.join(' ')}\n${site}\n}\n`
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, around)
  return ['-p', folder, '-c', file, '-e', 'stderr']
}

function caddy(folder: string, { desk, https, http }: Ports): string[] {
  const site = documented('caddyfile')
    .replace(`${publicName} {`, `https://${publicName}:${https} {\n  bind 127.0.0.1\n  tls internal`)
    .replace('127.0.0.1:8000', `127.0.0.1:${desk}`)
  const around = `{\n  admin off\n  skip_install_trust\n  auto_https disable_redirects\n  http_port ${http}\n  https_port ${https}\n}\n`
  const file = join(folder, 'Caddyfile')
  writeFileSync(file, around + site)
  return ['run', '--config', file, '--adapter', 'caddyfile']
}

/** The block of a language in docs/deploy.md. */
function documented(language: string): string {
  const [, block] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(readFileSync('docs/deploy.md', 'utf8')) ?? []
  if (block === undefined) throw new Error(`docs/deploy.md shows no ${language}`)
  return block
}

async function opens(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && !(await accepts(port))) await sleep(100)
}

/** Whether HTTPS is spoken: Caddy listens before it has its certificate. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, servername: publicName, rejectUnauthorized: false })
    socket.on('error', () => resolve(false))
    socket.on('secureConnect', () => {
      resolve(true)
      socket.destroy()
    })
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
